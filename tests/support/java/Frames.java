// Files of framed records as two well-known systems lay them out, made by hand.
//
//   java Frames.java DIR
//
//   DIR/records.seq     a Hadoop SequenceFile, version 6, without compression: IntWritable to Text, sync marks between
//   DIR/messages.log    a Kafka log of messages, versions 0 and 1, some without a key or a value

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

public class Frames {
    interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    static byte[] bytes(Writer writer) throws IOException {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        writer.write(new DataOutputStream(buffer));
        return buffer.toByteArray();
    }

    /** Hadoop's short form of a length: one byte up to 127, else a byte that tells how many follow. */
    static void length(int value, DataOutputStream out) throws IOException {
        if (value <= 127) {
            out.writeByte(value);
            return;
        }
        int size = (39 - Integer.numberOfLeadingZeros(value)) / 8;
        out.writeByte(-112 - size);
        for (int i = size - 1; i >= 0; i--) {
            out.writeByte(value >> 8 * i);
        }
    }

    static void text(String text, DataOutputStream out) throws IOException {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        length(encoded.length, out);
        out.write(encoded);
    }

    static void sequenceFile(DataOutputStream out) throws IOException {
        byte[] sync = bytes(to -> {
            to.writeLong(0x0123456789abcdefL);
            to.writeLong(0xfedcba9876543210L);
        });
        out.writeBytes("SEQ\6");
        text("org.apache.hadoop.io.IntWritable", out);
        text("org.apache.hadoop.io.Text", out);
        out.writeBoolean(false); // neither the values
        out.writeBoolean(false); // nor blocks of records are compressed
        out.writeInt(2); // metadata
        text("made", out);
        text("by hand", out);
        text("empty", out);
        text("", out);
        out.write(sync);
        for (int i = 0; i < 300; i++) {
            if (i > 0 && i % 100 == 0) {
                out.writeInt(-1);
                out.write(sync);
            }
            String content = "value \u20ac ".repeat(i);
            byte[] value = bytes(to -> text(content, to));
            out.writeInt(4 + value.length);
            out.writeInt(4);
            out.writeInt(i);
            out.write(value);
        }
    }

    static void blob(String content, DataOutputStream out) throws IOException {
        if (content == null) {
            out.writeInt(-1);
            return;
        }
        byte[] encoded = content.getBytes(StandardCharsets.UTF_8);
        out.writeInt(encoded.length);
        out.write(encoded);
    }

    static void messageLog(DataOutputStream out) throws IOException {
        for (int i = 0; i < 300; i++) {
            int number = i;
            byte[] message = bytes(to -> {
                int version = number % 2;
                to.writeByte(version);
                to.writeByte(0); // not compressed
                if (version == 1) {
                    to.writeLong(1_700_000_000_000L + number);
                }
                blob(number % 3 == 0 ? null : "key " + number, to);
                blob(number % 7 == 0 ? null : "value \u20ac ".repeat(number % 20), to);
            });
            CRC32 sum = new CRC32();
            sum.update(message);
            out.writeLong(i);
            out.writeInt(4 + message.length);
            out.writeInt((int) sum.getValue());
            out.write(message);
        }
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1 || arguments[0].startsWith("-")) {
            System.err.println("usage: java Frames.java DIR");
            System.exit(2);
        }
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        Files.write(folder.resolve("records.seq"), bytes(Frames::sequenceFile));
        Files.write(folder.resolve("messages.log"), bytes(Frames::messageLog));
    }
}
