// Classes that java.io writes all by itself: what Grammar.java makes objects of.

package streams;

import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

final class Shapes {
    private Shapes() {}

    enum Suit { CLUBS, DIAMONDS, HEARTS, SPADES }

    enum Operator {
        PLUS {
            @Override
            int apply(int a, int b) {
                return a + b;
            }
        };

        abstract int apply(int a, int b);
    }

    record Point(int x, double y) implements Serializable {}

    record Segment(String name, Point from, Point to) implements Serializable {}

    /** A field of every type; no serialVersionUID, so that java.io computes one. */
    static class Bean implements Serializable {
        boolean flag = true;
        byte small = -128;
        char letter = '\u20ac';
        short medium = -32768;
        int number = 2147483647;
        long big = -9223372036854775808L;
        float single = 0.1f;
        double real = -0.0;
        String text = "text";
        Object nothing;
        Integer boxed = 5;
        Date date = new Date(1700000000123L);
        int[] numbers = {1, 2, 3};
        String[][] table = {{"a"}, {}};
        List<String> list = new ArrayList<>(List.of("text", "new"));
        Suit suit = Suit.SPADES;
        Bean self = this;
        transient int left = 1;
        static int out = 2;
    }

    /** Values that JSON has no numbers or characters for. */
    static class Extremes implements Serializable {
        private static final long serialVersionUID = 1;
        char high = '\ud83d';
        char low = '\ude00';
        char zero = 0;
        char quote = '"';
        char last = '\uffff';
        float nan = Float.NaN;
        float infinity = Float.NEGATIVE_INFINITY;
        float subnormal = Float.MIN_VALUE;
        double realNan = Double.NaN;
        double realInfinity = Double.POSITIVE_INFINITY;
        double realSubnormal = -Double.MIN_VALUE;
        Double boxedNan = Double.NaN;
        Double boxedZero = -0.0;
    }

    static class NoFields implements Serializable { private static final long serialVersionUID = -1; }

    static class OddNames implements Serializable {
        private static final long serialVersionUID = 2;
        int __proto__ = 1;
        int $class = 2;
        int $ref = 3;
        String wert\u20ac = "BMP";
        String \ud835\udc65 = "outside of the BMP";
    }

    static class NotSerializable { int unseen = 1; }

    /** Three classes, each with a field of the same name. */
    static class Base extends NotSerializable implements Serializable {
        private static final long serialVersionUID = 3;
        private String name = "base";
        int inBase = 1;
    }

    static class Middle extends Base {
        private static final long serialVersionUID = 4;
        private String name = "middle";
        private long inMiddle = 2;
    }

    static class Leaf extends Middle {
        private static final long serialVersionUID = 5;
        private String name = "leaf";
        private Base other = new Base();
    }

    static class Node implements Serializable {
        private static final long serialVersionUID = 6;
        String name;
        Node next;

        Node(String name, Node next) {
            this.name = name;
            this.next = next;
        }
    }

    /** What a dynamic proxy of the samples asks. */
    record Answer(String text) implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return method.getReturnType() == int.class ? (Object) text.length() : text;
        }
    }
}
