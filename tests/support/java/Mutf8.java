// What DataInputStream.readUTF accepts, over all contents of one, two or three bytes.
//
//   java Mutf8.java counts           for each length: contents, accepted ones, those that writeUTF writes the same
//   java Mutf8.java bitmap N FILE    a byte for each of the 256^N contents, in their order: 0 refused, 1 accepted but
//                                    written otherwise, 2 accepted and written the same
//
// With -XX:-StackTraceInThrowable before its name it needs a third of the time.

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.util.Arrays;

public class Mutf8 {
    static final int REFUSED = 0;
    static final int CHANGED = 1;
    static final int SAME = 2;

    /** Judges contents of one length; its streams are used again and again. */
    static class Judge {
        final byte[] encoded;
        final ByteArrayInputStream bytes;
        final DataInputStream in;
        final ByteArrayOutputStream again = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(again);

        Judge(int length) {
            encoded = new byte[2 + length];
            encoded[1] = (byte) length;
            bytes = new ByteArrayInputStream(encoded);
            in = new DataInputStream(bytes);
        }

        int count() {
            return 1 << 8 * (encoded.length - 2);
        }

        int verdict(int content) throws IOException {
            for (int i = encoded.length - 1; i >= 2; i--) {
                encoded[i] = (byte) content;
                content >>= 8;
            }
            bytes.reset();
            try {
                String text = in.readUTF();
                again.reset();
                out.writeUTF(text);
            } catch (UTFDataFormatException refused) {
                return REFUSED;
            }
            return Arrays.equals(encoded, again.toByteArray()) ? SAME : CHANGED;
        }
    }

    static void counts() throws IOException {
        for (int length = 1; length <= 3; length++) {
            Judge judge = new Judge(length);
            int[] verdicts = new int[3];
            for (int content = 0; content < judge.count(); content++) {
                verdicts[judge.verdict(content)]++;
            }
            int accepted = verdicts[CHANGED] + verdicts[SAME];
            System.out.printf("%d bytes: %d contents, %d accepted, %d the same again%n", length, judge.count(),
                accepted, verdicts[SAME]);
        }
    }

    static void bitmap(int length, OutputStream to) throws IOException {
        Judge judge = new Judge(length);
        try (OutputStream out = new BufferedOutputStream(to)) {
            for (int content = 0; content < judge.count(); content++) {
                out.write(judge.verdict(content));
            }
        }
    }

    public static void main(String[] arguments) throws IOException {
        String what = String.join(" ", arguments);
        if (what.equals("counts")) {
            counts();
        } else if (what.matches("bitmap [123] .+") && arguments.length == 3) {
            bitmap(Integer.parseInt(arguments[1]), new FileOutputStream(arguments[2]));
        } else {
            System.err.println("usage: java Mutf8.java counts | bitmap 1|2|3 FILE");
            System.exit(2);
        }
    }
}
