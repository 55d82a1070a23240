// Object streams that break parsers: bombs, lies about lengths, references to what is not there, and broken grammar.
//
//   java Hostile.java DIR    writes each as DIR/NAME.ser (2.1 MB at most), and DIR/expect.tsv
//
// A line of expect.tsv is NAME, a tab and `bad` where every parser must refuse the stream, or `any` where the grammar
// allows it, so that it may be read as well as refused for its size, its depth or what it lacks. Nothing here comes
// from java.io: it would not write most of it.

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

public class Hostile {
    static final int NULL = 0x70;
    static final int REFERENCE = 0x71;
    static final int CLASS_DESC = 0x72;
    static final int OBJECT = 0x73;
    static final int STRING = 0x74;
    static final int ARRAY = 0x75;
    static final int CLASS = 0x76;
    static final int BLOCK = 0x77;
    static final int END_BLOCK = 0x78;
    static final int RESET = 0x79;
    static final int LONG_BLOCK = 0x7a;
    static final int LONG_STRING = 0x7c;
    static final int PROXY_CLASS_DESC = 0x7d;
    static final int ENUM = 0x7e;

    static final int SERIALIZABLE = 2;
    static final int EXTERNALIZABLE = 4;
    static final int IS_ENUM = 16;

    static final int FIRST_HANDLE = 0x7e0000;
    static final int DEEP = 100_000;

    /** The bytes of a stream in the making. */
    static class Bytes {
        final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(buffer);

        Bytes header() throws IOException {
            return u2(0xaced).u2(5);
        }

        Bytes u1(int... values) throws IOException {
            for (int value : values) {
                out.writeByte(value);
            }
            return this;
        }

        Bytes u2(int value) throws IOException {
            out.writeShort(value);
            return this;
        }

        Bytes i4(int value) throws IOException {
            out.writeInt(value);
            return this;
        }

        Bytes i8(long value) throws IOException {
            out.writeLong(value);
            return this;
        }

        Bytes utf(String text) throws IOException {
            out.writeUTF(text);
            return this;
        }

        Bytes reference(int handle) throws IOException {
            return u1(REFERENCE).i4(FIRST_HANDLE + handle);
        }

        /** A class descriptor up to its fields, the number of which comes next. */
        Bytes describe(String name, int flags) throws IOException {
            return u1(CLASS_DESC).utf(name).i8((flags & IS_ENUM) != 0 ? 0 : 1).u1(flags); // enums have no version
        }

        Bytes endWithoutSuper() throws IOException {
            return u1(END_BLOCK, NULL);
        }

        /** A whole descriptor of a class without fields or a superclass. */
        Bytes plainClass(String name, int flags) throws IOException {
            return describe(name, flags).u2(0).endWithoutSuper();
        }

        Bytes arrayOf(String name, int length) throws IOException {
            return u1(ARRAY).plainClass(name, SERIALIZABLE).i4(length);
        }
    }

    interface Maker {
        void make(Bytes to) throws IOException;
    }

    record Stream(String name, String expected, byte[] bytes) {}

    static final List<Stream> streams = new ArrayList<>();

    static void stream(String name, String expected, Maker maker) throws IOException {
        Bytes bytes = new Bytes();
        maker.make(bytes);
        streams.add(new Stream(name, expected, bytes.buffer.toByteArray()));
    }

    static void bad(String name, Maker maker) throws IOException {
        stream(name, "bad", to -> maker.make(to.header()));
    }

    static void any(String name, Maker maker) throws IOException {
        stream(name, "any", to -> maker.make(to.header()));
    }

    static void deepAndWide() throws IOException {
        any("nested-arrays", to -> {
            to.arrayOf("[Ljava.lang.Object;", 1);
            for (int i = 1; i < DEEP; i++) {
                to.u1(ARRAY).reference(0).i4(1);
            }
            to.u1(NULL);
        });
        any("superclass-chain", to -> {
            to.u1(OBJECT);
            for (int i = 0; i < DEEP; i++) {
                to.describe("C" + Integer.toString(i, Character.MAX_RADIX), SERIALIZABLE).u2(0).u1(END_BLOCK);
            }
            to.u1(NULL);
        });
        bad("own-superclass", to -> to.u1(OBJECT).describe("Own", SERIALIZABLE).u2(0).u1(END_BLOCK).reference(0));
        any("dag-bomb", to -> { // 60 arrays of two, both elements the next array: 2^60 leaves
            to.arrayOf("[Ljava.lang.Object;", 2);
            for (int i = 2; i <= 60; i++) {
                to.u1(ARRAY).reference(0).i4(2);
            }
            to.u1(NULL, NULL);
            for (int i = 60; i >= 2; i--) {
                to.reference(i);
            }
        });
        any("long-name", to -> { // a line each with its class's name would be 65 MB
            to.u1(OBJECT).plainClass("N".repeat(65000), SERIALIZABLE);
            for (int i = 0; i < 1000; i++) {
                to.u1(OBJECT).reference(0);
            }
        });
    }

    static void lengths() throws IOException {
        bad("array-huge", to -> to.arrayOf("[I", Integer.MAX_VALUE).i4(1));
        bad("array-negative", to -> to.arrayOf("[I", -1).i4(1));
        bad("object-array-huge", to -> to.arrayOf("[Ljava.lang.Object;", Integer.MAX_VALUE).u1(NULL));
        bad("object-array-negative", to -> to.arrayOf("[Ljava.lang.Object;", -1).u1(NULL));
        bad("long-string-huge", to -> to.u1(LONG_STRING).i8(1L << 62).u1('a'));
        bad("long-string-negative", to -> to.u1(LONG_STRING).i8(-1).u1('a'));
        bad("block-huge", to -> to.u1(LONG_BLOCK).i4(Integer.MAX_VALUE).u1('a'));
        bad("block-negative", to -> to.u1(LONG_BLOCK).i4(-5).u1('a'));
        bad("fields-truncated", to -> to.u1(OBJECT).describe("Wide", SERIALIZABLE).u2(65535).u1('I').utf("a"));
        bad("proxy-interfaces-huge",
            to -> to.u1(OBJECT, PROXY_CLASS_DESC).i4(Integer.MAX_VALUE).utf("java.lang.Runnable"));
    }

    static void references() throws IOException {
        bad("reference-unknown", to -> to.u1(STRING).utf("a").reference(12345));
        bad("reference-low", to -> to.u1(STRING).utf("a").reference(-1));
        bad("reference-forward", to -> to.arrayOf("[Ljava.lang.Object;", 2).reference(2).u1(STRING).utf("later"));
        bad("reference-wrong-kind", to -> to.u1(STRING).utf("no class").u1(OBJECT).reference(0));
    }

    static void descriptors() throws IOException {
        bad("enum-name-null", to -> to.u1(ENUM).plainClass("E", SERIALIZABLE | IS_ENUM).u1(NULL));
        bad("array-name-bracket", to -> to.arrayOf("[", 1).u1(NULL));
        bad("array-name-other", to -> to.arrayOf("X", 1).u1(NULL));
        any("fields-duplicate",
            to
            -> to.u1(OBJECT)
                   .describe("Twice", SERIALIZABLE)
                   .u2(2)
                   .u1('I')
                   .utf("a")
                   .u1('I')
                   .utf("a")
                   .endWithoutSuper()
                   .i4(1)
                   .i4(2));
        any("fields-proto",
            to
            -> to.u1(OBJECT)
                   .describe("Proto", SERIALIZABLE)
                   .u2(2)
                   .u1('I')
                   .utf("__proto__")
                   .u1('I')
                   .utf("constructor")
                   .endWithoutSuper()
                   .i4(1)
                   .i4(2));
        bad("flags-both", to -> to.u1(OBJECT).plainClass("Both", SERIALIZABLE | EXTERNALIZABLE));
        any("external-protocol-1",
            to -> to.u1(OBJECT).plainClass("External", EXTERNALIZABLE).u1(1, 2, 3, 4, STRING).utf("a"));
        bad("class-null", to -> to.u1(CLASS, NULL));
        bad("object-null", to -> to.u1(OBJECT, NULL));
    }

    static void grammar() throws IOException {
        bad("utf-malformed", to -> to.u1(STRING).u2(4).u1(0xf0, 0x9f, 0x98, 0x80)); // UTF-8, which this is not
        any("utf-overlong", to -> to.u1(STRING).u2(5).u1(0xc1, 0x81, 0xe0, 0x80, 0xaf));
        bad("reset-nested", to -> to.arrayOf("[Ljava.lang.Object;", 2).u1(RESET, NULL, NULL));
        bad("tag-unknown", to -> to.u1(0x7f));
        any("header-only", to -> {});
        stream("nothing", "bad", to -> {});
        stream("version-4", "bad", to -> to.u2(0xaced).u2(4).u1(NULL));
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1 || arguments[0].startsWith("-")) {
            System.err.println("usage: java Hostile.java DIR");
            System.exit(2);
        }
        deepAndWide();
        lengths();
        references();
        descriptors();
        grammar();
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        StringBuilder expected = new StringBuilder();
        for (Stream stream : streams) {
            Files.write(folder.resolve(stream.name() + ".ser"), stream.bytes());
            expected.append(stream.name()).append('\t').append(stream.expected()).append('\n');
        }
        Files.writeString(folder.resolve("expect.tsv"), expected);
    }
}
