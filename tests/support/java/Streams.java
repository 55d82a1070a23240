// Object serialization streams of every form that java.io writes: one for each JDK class that has a natural form, and
// one for each rule of the grammar, with classes made for it.
//
//   java Streams.java DIR            writes them, each as DIR/NAME.ser
//   java Streams.java --verify DIR   reads each to its end with ObjectInputStream; exit 1 if one cannot be read
//   java Streams.java --list         NAME, a tab, what it is
//
// Every run writes the same bytes, but for the streams whose description says "order varies".
//
// The samples are in the folder streams. Java launches one source file at a time, so this one compiles them and runs
// them; where javac has compiled them already, `java -cp CLASSES streams.Program` takes the same arguments.

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

public class Streams {
    public static void main(String[] arguments) throws Exception {
        Path here = Path.of(Streams.class.getProtectionDomain().getCodeSource().getLocation().toURI()).getParent();
        Path classes = Files.createTempDirectory("streams");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(classes))); // the program may call exit
        compile(here.resolve("streams"), classes);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Class<?> program = loader.loadClass("streams.Program");
            program.getMethod("main", String[].class).invoke(null, (Object) arguments);
        }
    }

    private static void compile(Path sources, Path classes) throws IOException {
        List<String> options = new ArrayList<>(List.of("-d", classes.toString()));
        try (Stream<Path> files = Files.list(sources)) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).sorted().forEach(options::add);
        }
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new)) != 0) {
            System.exit(1);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException exception) {
            System.err.println(exception);
        }
    }
}
