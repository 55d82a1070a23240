// Every primitive of DataOutput, with its edge values, in one record.
//
//   java Primitives.java write FILE    writes it
//   java Primitives.java schema        prints the record's layout as a schema
//   java Primitives.java read FILE     exit 0 if DataInputStream reads the same values, bit for bit, and then the end;
//                                      else exit 1 and the first difference

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

public class Primitives {
    static final int MAGIC = 0x5052494d;

    /** A counted list; the class of a value says how it is written, the type how it is read. */
    record Group(String name, String type, Object... values) {}

    static final List<Group> GROUPS = List.of(
        new Group("booleans", "bool", true, false, (byte) 2, (byte) 127, (byte) 128, (byte) 255),
        new Group("bytes", "byte", (byte) -128, (byte) -1, (byte) 0, (byte) 1, (byte) 127),
        new Group("ubytes", "ubyte", (byte) 0, (byte) 127, (byte) 128, (byte) 255),
        new Group("shorts", "short", Short.MIN_VALUE, (short) -1, (short) 0, (short) 9, (short) 10, Short.MAX_VALUE),
        new Group("ushorts", "ushort", (short) 0, Short.MAX_VALUE, Short.MIN_VALUE, (short) -1),
        new Group("chars", "char", 'a', '"', '\\', '\0', '\n', '\37', ' ', '\177', '\u0080', '\u07ff', '\u0800',
            '\u2028', '\ud7ff', '\ud800', '\udbff', '\udc00', '\udfff', '\ue000', '\ufffe', '\uffff'),
        new Group("ints", "int", Integer.MIN_VALUE, Integer.MIN_VALUE + 1, -100, -10, -9, -1, 0, 1, 9, 10, 99, 100,
            65535, 65536, 999999999, 1000000000, Integer.MAX_VALUE),
        new Group("uints", "uint", 0, Integer.MAX_VALUE, Integer.MIN_VALUE, -1),
        new Group("longs", "long", Long.MIN_VALUE, Long.MIN_VALUE + 1, -(1L << 53) - 1, -(1L << 53), -1L, 0L, 1L,
            (1L << 53) - 1, 1L << 53, (1L << 53) + 1, 4294967295L, 999999999999999999L, 1000000000000000000L,
            Long.MAX_VALUE),
        new Group("ulongs", "ulong", 0L, Long.MAX_VALUE, Long.MIN_VALUE, -1L),
        new Group("floats", "float", 0f, -0f, 1f, -1f, 0.1f, 0.5f, 74.72f, 0.001f, 9.999e-4f, 9999999f, 1e7f, 16777216f,
            16777217f, 8.5899346e9f, 1e10f, 1e23f, 3.4e38f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL,
            Math.nextDown(Float.MIN_NORMAL), Float.MAX_VALUE, -Float.MAX_VALUE, Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY, Float.NaN),
        new Group("floatBits", "float", 0x7f800001, 0x7fbfffff, 0x7fc00000, 0x7fc00001, 0x7fffffff, 0xff800001,
            0xffc00000, 0xffffffff, 0x00000001, 0x807fffff),
        new Group("doubles", "double", 0.0, -0.0, 1.0, -1.0, 0.1, 0.1 + 0.2, 0.5, 9344.79, 1e-3, 1e-7, 123456.789012345,
            99999999999.9999, 1e15, 1e16, 1e17, 1e21, 1e22, 1e23, 2e23, 9007199254740991.0, 9007199254740993.0,
            123456789012345680.0, 4.35, 5e-324, Double.MIN_VALUE, -Double.MIN_VALUE, Double.MIN_NORMAL,
            Math.nextDown(Double.MIN_NORMAL), Double.MAX_VALUE, -Double.MAX_VALUE, Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY, Double.NaN),
        new Group("doubleBits", "double", 0x7ff0000000000001L, 0x7ff7ffffffffffffL, 0x7ff8000000000000L,
            0x7ff8000000000001L, 0x7fffffffffffffffL, 0xfff0000000000001L, 0xfff8000000000000L, 0xffffffffffffffffL, 1L,
            0x800fffffffffffffL),
        new Group("utfs", "utf", "", "plain", "\0", "a\0b", "\"\\/\b\f\n\r\t\1\37\177", "\u0080\u07ff",
            "\u0800\u20ac\uffff", "\u2028\u2029", "\ud83d\ude00", "x\ud83d\ude00y", "\ud800", "\udfff",
            "high \ud83d alone", "low \ude00 alone", "\ude00\ud83d", "\ud83d\ud83d\ude00", "s".repeat(65535),
            "\u20ac".repeat(21845), "\0".repeat(32767)));

    // What has no length of its own, behind one that counts bytes.
    static final String LATIN = "writeBytes drops \u20ac's high byte, keeps \u00ff and \0";
    static final String UNITS = "writeChars: \u20ac \ud83d\ude00";
    static final byte[] RAW = {0, 1, 127, -128, -1};

    static void write(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        for (Group group : GROUPS) {
            out.writeInt(group.values().length);
            for (Object value : group.values()) {
                write(value, out);
            }
        }
        out.writeInt(LATIN.length());
        out.writeBytes(LATIN);
        out.writeInt(2 * UNITS.length());
        out.writeChars(UNITS);
        out.writeInt(RAW.length);
        out.write(RAW);
    }

    static void write(Object value, DataOutputStream out) throws IOException {
        if (value instanceof Boolean bool) {
            out.writeBoolean(bool);
        } else if (value instanceof Byte number) {
            out.writeByte(number);
        } else if (value instanceof Short number) {
            out.writeShort(number);
        } else if (value instanceof Character unit) {
            out.writeChar(unit);
        } else if (value instanceof Integer number) {
            out.writeInt(number);
        } else if (value instanceof Long number) {
            out.writeLong(number);
        } else if (value instanceof Float number) {
            out.writeFloat(number);
        } else if (value instanceof Double number) {
            out.writeDouble(number);
        } else {
            out.writeUTF((String) value);
        }
    }

    /** The next value of a type, floating ones as their bits. */
    static Object read(String type, DataInputStream in) throws IOException {
        switch (type) {
            case "bool":
                return truth(in);
            case "byte":
                return (long) in.readByte();
            case "ubyte":
                return (long) in.readUnsignedByte();
            case "short":
                return (long) in.readShort();
            case "ushort":
                return (long) in.readUnsignedShort();
            case "char":
                return in.readChar();
            case "int":
                return (long) in.readInt();
            case "uint":
                return Integer.toUnsignedLong(in.readInt());
            case "long":
            case "ulong":
                return in.readLong();
            case "float":
                return (long) Float.floatToRawIntBits(in.readFloat());
            case "double":
                return Double.doubleToRawLongBits(in.readDouble());
            default:
                return in.readUTF();
        }
    }

    /** A boolean, and its byte: all but 0 are true. */
    static Object truth(DataInputStream in) throws IOException {
        in.mark(1);
        boolean truth = in.readBoolean();
        in.reset();
        return List.of(truth, (int) in.readByte());
    }

    /** What read() must give for a value that was written. */
    static Object expected(String type, Object value) {
        if (value instanceof Boolean truth) {
            return List.of(truth, truth ? 1 : 0);
        }
        if (value instanceof Float number) {
            return (long) Float.floatToRawIntBits(number);
        }
        if (value instanceof Double number) {
            return Double.doubleToRawLongBits(number);
        }
        switch (type) {
            case "bool":
                return List.of(true, ((Byte) value).intValue());
            case "ubyte":
                return (long) Byte.toUnsignedInt((Byte) value);
            case "ushort":
                return (long) Short.toUnsignedInt((Short) value);
            case "uint":
                return Integer.toUnsignedLong((Integer) value);
            case "char":
            case "utf":
                return value;
            default:
                return ((Number) value).longValue();
        }
    }

    static void read(DataInputStream in) throws IOException {
        same("magic", MAGIC, in.readInt());
        for (Group group : GROUPS) {
            same(group.name() + ", its length", group.values().length, in.readInt());
            for (int i = 0; i < group.values().length; i++) {
                Object wanted = expected(group.type(), group.values()[i]);
                same(group.name() + "[" + i + "]", wanted, read(group.type(), in));
            }
        }
        same("latin, its length", LATIN.length(), in.readInt());
        for (char unit : LATIN.toCharArray()) {
            same("latin", (int) (byte) unit, (int) in.readByte());
        }
        same("units, its length", 2 * UNITS.length(), in.readInt());
        for (char unit : UNITS.toCharArray()) {
            same("units", unit, in.readChar());
        }
        same("raw, its length", RAW.length, in.readInt());
        byte[] raw = new byte[RAW.length];
        in.readFully(raw);
        same("raw", Arrays.toString(RAW), Arrays.toString(raw));
        same("what follows", -1, in.read());
    }

    static void same(String what, Object wanted, Object got) {
        if (!wanted.equals(got)) {
            System.err.println(what + ": wanted " + wanted + ", got " + got);
            System.exit(1);
        }
    }

    static String schema() {
        StringBuilder schema = new StringBuilder(String.format("magic:int=0x%x\n", MAGIC));
        for (Group group : GROUPS) {
            schema.append(group.name()).append(":[").append(group.type()).append("]\n");
        }
        return schema.append("latin:latin1<int>\nunits:utf16<int>\nraw:bytes<int>\n").toString();
    }

    public static void main(String[] arguments) throws IOException {
        String what = String.join(" ", arguments);
        if (what.equals("schema")) {
            System.out.print(schema());
        } else if (what.startsWith("write ") && arguments.length == 2) {
            try (var out = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(arguments[1])))) {
                write(out);
            }
        } else if (what.startsWith("read ") && arguments.length == 2) {
            try (var in = new DataInputStream(new BufferedInputStream(new FileInputStream(arguments[1])))) {
                read(in);
            }
        } else {
            System.err.println("usage: java Primitives.java write FILE | schema | read FILE");
            System.exit(2);
        }
    }
}
