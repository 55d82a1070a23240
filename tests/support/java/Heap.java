// A heap dump (HPROF) of this program itself, with objects, arrays and classes of every kind.
//
//   javac -d CLASSES Heap.java; java -Xmx16m -cp CLASSES Heap FILE.hprof
//
// Compiled first, since a launched source file would leave the whole compiler on the heap.

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

public class Heap {
    static boolean aBoolean = true;
    static byte aByte = -1;
    static char aChar = '\u20ac';
    static short aShort = -2;
    static int anInt = -3;
    static long aLong = -4;
    static float aFloat = 0.5f;
    static double aDouble = -0.0;
    static final List<Object> KEPT = new ArrayList<>();

    boolean flag = true;
    float single = 1.5f;
    double real = 2.5;
    Object other;

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("usage: Heap FILE.hprof");
            System.exit(2);
        }
        KEPT.addAll(List.of(new boolean[] {true, false}, new byte[3], new char[] {'a', '\ud83d'}, new short[] {5},
            new int[] {6}, new long[] {7}, new float[] {0.8f}, new double[] {0.9}, new Object[] {null, "x"},
            new Object[0][], Thread.currentThread()));
        for (int i = 0; i < 1000; i++) {
            Heap object = new Heap();
            object.other = KEPT.get(i);
            KEPT.add(object);
        }
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(arguments[0], true);
    }
}
