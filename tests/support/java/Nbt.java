// Files of named binary tags, uncompressed: all twelve tags, nesting, and names that modified UTF-8 writes its own way.
//
//   java Nbt.java DIR    writes DIR/*.nbt
//
// A file is one named tag: a byte for its kind, a name, a payload. Here a Java value stands for a payload: its class
// tells the tag.

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

public class Nbt {
    static final int END = 0;
    static final int LIST = 9;

    static int tag(Object payload) {
        List<Class<?>> classes = List.of(Byte.class, Short.class, Integer.class, Long.class, Float.class, Double.class,
            byte[].class, String.class, List.class, Map.class, int[].class, long[].class);
        for (int i = 0; i < classes.size(); i++) {
            if (classes.get(i).isInstance(payload)) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("no tag for " + payload.getClass());
    }

    static void named(String name, Object payload, DataOutputStream out) throws IOException {
        out.writeByte(tag(payload));
        out.writeUTF(name);
        payload(payload, out);
    }

    static void payload(Object payload, DataOutputStream out) throws IOException {
        if (payload instanceof Byte number) {
            out.writeByte(number);
        } else if (payload instanceof Short number) {
            out.writeShort(number);
        } else if (payload instanceof Integer number) {
            out.writeInt(number);
        } else if (payload instanceof Long number) {
            out.writeLong(number);
        } else if (payload instanceof Float number) {
            out.writeFloat(number);
        } else if (payload instanceof Double number) {
            out.writeDouble(number);
        } else if (payload instanceof String text) {
            out.writeUTF(text);
        } else if (payload instanceof byte[] numbers) {
            out.writeInt(numbers.length);
            out.write(numbers);
        } else if (payload instanceof List<?> list) {
            out.writeByte(list.isEmpty() ? END : tag(list.get(0)));
            out.writeInt(list.size());
            for (Object element : list) {
                payload(element, out);
            }
        } else if (payload instanceof Map<?, ?> compound) {
            for (Map.Entry<?, ?> entry : compound.entrySet()) {
                named((String) entry.getKey(), entry.getValue(), out);
            }
            out.writeByte(END);
        } else if (payload instanceof int[] numbers) {
            out.writeInt(numbers.length);
            for (int number : numbers) {
                out.writeInt(number);
            }
        } else {
            long[] numbers = (long[]) payload;
            out.writeInt(numbers.length);
            for (long number : numbers) {
                out.writeLong(number);
            }
        }
    }

    /** A compound of names and payloads in turn. */
    static Map<String, Object> compound(Object... namesAndPayloads) {
        Map<String, Object> compound = new LinkedHashMap<>();
        for (int i = 0; i < namesAndPayloads.length; i += 2) {
            compound.put((String) namesAndPayloads[i], namesAndPayloads[i + 1]);
        }
        return compound;
    }

    static Map<String, Object> everyTag() {
        return compound("byte", (byte) -128, "short", (short) -32768, "int", Integer.MIN_VALUE, "long", Long.MIN_VALUE,
            "float", 0.1f, "double", -0.0, "bytes", new byte[] {0, 1, -1}, "string", "text", "list", List.of(1, 2, 3),
            "compound", compound("inner", (byte) 1), "ints", new int[] {Integer.MAX_VALUE, 0}, "longs",
            new long[] {Long.MAX_VALUE, -1});
    }

    static Map<String, Object> lists() {
        List<Map<String, Object>> compounds = List.of(compound("x", 1.5), compound(), compound("y", List.of("z")));
        return compound("empty", List.of(), "of lists",
            List.of(List.of(1L, 2L), List.of(), List.of(List.of((short) 3))), "of compounds", compounds, "of strings",
            List.of("", "a\0b"), "of arrays", List.of(new int[] {1}, new int[0]));
    }

    static Map<String, Object> names() {
        return compound("", "empty", "\0", "NUL", "\u00e9\u20ac", "two and three bytes", "\ud83d\ude00",
            "beyond the BMP", "\ud83d", "lone surrogate", "\"\\\n", "what JSON escapes", "__proto__", 1);
    }

    static Object deep(int levels) {
        Object payload = compound("bottom", 0);
        for (int i = 0; i < levels; i++) {
            payload = i % 2 == 0 ? List.of(payload) : compound("level " + i, payload);
        }
        return compound("deep", payload);
    }

    static Map<String, Object> large() {
        byte[] bytes = new byte[16384];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return compound("blocks", bytes, "heights", IntStream.range(0, 1024).toArray(), "states",
            LongStream.range(0, 4096).map(i -> i * 0x9e3779b97f4a7c15L).toArray(), "text", "t".repeat(65535));
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1 || arguments[0].startsWith("-")) {
            System.err.println("usage: java Nbt.java DIR");
            System.exit(2);
        }
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        Map<String, Object> files = compound("every-tag", everyTag(), "lists", lists(), "names", names(), "deep",
            deep(40), "large", large(), "empty", compound());
        for (Map.Entry<String, Object> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey() + ".nbt");
            try (var out = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(path.toFile())))) {
                named(file.getKey(), file.getValue(), out);
            }
        }
    }
}
