// Writes, reads again and lists the samples: see ../Streams.java.

package streams;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.OptionalDataException;
import java.io.WriteAbortedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

public final class Program {
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 1 && arguments[0].equals("--list")) {
            samples().all().forEach((name, sample) -> System.out.println(name + "\t" + sample.description()));
        } else if (arguments.length == 2 && arguments[0].equals("--verify")) {
            verify(Path.of(arguments[1]));
        } else if (arguments.length == 1 && !arguments[0].startsWith("-")) {
            write(Path.of(arguments[0]));
        } else {
            System.err.println("usage: java Streams.java DIR | --verify DIR | --list");
            System.exit(2);
        }
    }

    private static Samples samples() throws Exception {
        Samples samples = new Samples();
        JdkValues.add(samples);
        JdkCollections.add(samples);
        Grammar.add(samples);
        return samples;
    }

    private static void write(Path folder) throws Exception {
        Files.createDirectories(folder);
        for (var named : samples().all().entrySet()) {
            Files.write(folder.resolve(named.getKey() + ".ser"), named.getValue().bytes());
        }
    }

    private static void verify(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(file -> file.toString().endsWith(".ser")).sorted().toList();
        }
        int objects = 0;
        int failed = 0;
        for (Path file : files) {
            try {
                objects += objectsIn(Files.readAllBytes(file));
            } catch (IOException | ClassNotFoundException | RuntimeException exception) {
                System.err.println(file.getFileName() + ": " + exception);
                failed++;
            }
        }
        System.out.printf(
            "%d streams: %d read to their ends, with %d objects%n", files.size(), files.size() - failed, objects);
        if (failed > 0 || files.isEmpty()) {
            System.exit(1);
        }
    }

    /**
     * Reads a whole stream and counts its objects; what is left in the bytes tells the end from a truncation, since
     * ObjectInputStream takes no byte beyond the contents that it gives out.
     */
    private static int objectsIn(byte[] stream) throws IOException, ClassNotFoundException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(stream);
        ObjectInputStream in = new ObjectInputStream(bytes);
        int objects = 0;
        while (bytes.available() > 0) {
            try {
                in.readObject();
                objects++;
            } catch (OptionalDataException block) {
                in.skipBytes(block.length);
            } catch (WriteAbortedException aborted) {
                objects++; // the exception stands where the object would
            }
        }
        return objects;
    }
}
