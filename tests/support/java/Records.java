// Many records, as DataOutputStream or ObjectOutputStream writes them, and Java's own way to read them: the input of
// the benches, and their peer.
//
//   javac -d CLASSES Records.java; java -cp CLASSES Records ...
//     write data|rand N FILE   N records id:int ts:long price:double symbol:utf flag:bool v:float[short], 43 bytes each
//                              in the mean; data: numbers with two decimals; rand: finite numbers of random bits
//     json FILE                those records as lines of JSON, numbers as Java writes them
//     objects N FILE           one ArrayList of N objects with eight fields
//     read-objects FILE        reads it and says how many there are
//
// What is written depends on the arguments alone.

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.SplittableRandom;

public class Records {
    static final int BUFFER = 1 << 16;

    static class Row implements Serializable {
        private static final long serialVersionUID = 1;
        int id;
        long ts;
        double price;
        String symbol;
        boolean flag;
        float[] v;
        Date date;
        Integer boxed;
    }

    /** Numbers of one kind or the other, from one seed. */
    static class Source {
        final SplittableRandom random = new SplittableRandom(20240229);
        final boolean twoDecimals;
        long now = 1_700_000_000_000L;

        Source(boolean twoDecimals) {
            this.twoDecimals = twoDecimals;
        }

        long time() {
            return now += random.nextInt(1000);
        }

        double price() {
            if (twoDecimals) {
                return random.nextInt(10_000_000) / 100.0;
            }
            double value;
            do {
                value = Double.longBitsToDouble(random.nextLong());
            } while (!Double.isFinite(value));
            return value;
        }

        float part() {
            if (twoDecimals) {
                return random.nextInt(100_000) / 100.0f;
            }
            float value;
            do {
                value = Float.intBitsToFloat(random.nextInt());
            } while (!Float.isFinite(value));
            return value;
        }

        float[] parts() {
            float[] parts = new float[random.nextInt(8)];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = part();
            }
            return parts;
        }

        /** Three letters, or one more with half the likelihood, and so on up to eight. */
        String symbol() {
            char[] letters = new char[3 + Integer.numberOfTrailingZeros(random.nextInt() | 1 << 5)];
            for (int i = 0; i < letters.length; i++) {
                letters[i] = (char) ('A' + random.nextInt(26));
            }
            return new String(letters);
        }
    }

    static void write(boolean twoDecimals, int count, OutputStream to) throws IOException {
        Source source = new Source(twoDecimals);
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to, BUFFER))) {
            for (int id = 0; id < count; id++) {
                out.writeInt(id);
                out.writeLong(source.time());
                out.writeDouble(source.price());
                out.writeUTF(source.symbol());
                out.writeBoolean(source.random.nextBoolean());
                float[] parts = source.parts();
                out.writeShort(parts.length);
                for (float part : parts) {
                    out.writeFloat(part);
                }
            }
        }
    }

    static void json(InputStream from, OutputStream out) throws IOException {
        StringBuilder line = new StringBuilder(2 * BUFFER);
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(from, BUFFER))) {
            while (!atEnd(in)) {
                line.append("{\"id\":").append(in.readInt());
                line.append(",\"ts\":").append(in.readLong());
                line.append(",\"price\":").append(in.readDouble());
                line.append(",\"symbol\":");
                quote(in.readUTF(), line);
                line.append(",\"flag\":").append(in.readBoolean());
                line.append(",\"v\":[");
                int parts = in.readShort();
                for (int i = 0; i < parts; i++) {
                    line.append(i == 0 ? "" : ",").append(in.readFloat());
                }
                line.append("]}\n");
                if (line.length() >= BUFFER) {
                    flush(line, out);
                }
            }
        }
        flush(line, out);
    }

    static boolean atEnd(DataInputStream in) throws IOException {
        in.mark(1);
        if (in.read() < 0) {
            return true;
        }
        in.reset();
        return false;
    }

    static void quote(String text, StringBuilder to) {
        to.append('"');
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == '"' || unit == '\\') {
                to.append('\\').append(unit);
            } else if (unit < ' ') {
                to.append(String.format("\\u%04x", (int) unit));
            } else {
                to.append(unit);
            }
        }
        to.append('"');
    }

    static void flush(StringBuilder text, OutputStream out) throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
    }

    static void writeObjects(int count, OutputStream to) throws IOException {
        Source source = new Source(true);
        List<Row> rows = new ArrayList<>(count);
        for (int id = 0; id < count; id++) {
            Row row = new Row();
            row.id = id;
            row.ts = source.time();
            row.price = source.price();
            row.symbol = source.symbol();
            row.flag = source.random.nextBoolean();
            row.v = source.parts();
            row.date = new Date(row.ts);
            row.boxed = 1000 + id;
            rows.add(row);
        }
        try (ObjectOutputStream out = new ObjectOutputStream(new BufferedOutputStream(to, BUFFER))) {
            out.writeObject(rows);
        }
    }

    static void readObjects(InputStream from) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new BufferedInputStream(from, BUFFER))) {
            System.out.println(((List<?>) in.readObject()).size() + " objects");
        }
    }

    public static void main(String[] arguments) throws Exception {
        String what = arguments.length > 0 ? arguments[0] : "";
        if (what.equals("write") && arguments.length == 4 && arguments[1].matches("data|rand")) {
            write(arguments[1].equals("data"), Integer.parseInt(arguments[2]), new FileOutputStream(arguments[3]));
        } else if (what.equals("json") && arguments.length == 2) {
            json(new FileInputStream(arguments[1]), System.out);
        } else if (what.equals("objects") && arguments.length == 3) {
            writeObjects(Integer.parseInt(arguments[1]), new FileOutputStream(arguments[2]));
        } else if (what.equals("read-objects") && arguments.length == 2) {
            readObjects(new FileInputStream(arguments[1]));
        } else {
            System.err.println(
                "usage: Records write data|rand N FILE | json FILE | objects N FILE | read-objects FILE");
            System.exit(2);
        }
        if (System.out.checkError()) {
            System.exit(74);
        }
    }
}
