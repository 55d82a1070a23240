// A stream for each rule of the grammar: references, cycles, class descriptors, block data, resets, exceptions.

package streams;

import static java.io.ObjectStreamConstants.PROTOCOL_VERSION_1;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import streams.Shapes.Node;

final class Grammar {
    private Grammar() {}

    static void add(Samples to) {
        contents(to);
        objects(to);
        descriptors(to);
        references(to);
        custom(to);
        noDefault(to);
        protocols(to);
        failures(to);
    }

    private static void contents(Samples to) {
        to.stream("empty", "a header and nothing more", out -> {});
        to.stream("null", "null and nothing more", out -> out.writeObject(null));
        to.stream("primitives", "every primitive at top level, then an object, then primitives", out -> {
            primitives(out);
            out.writeObject("between");
            primitives(out);
        });
        to.stream("block-long", "long blocks at top level, of 1024 bytes and a rest", out -> {
            out.write(new byte[3000]);
            out.writeUTF("u".repeat(300));
            out.flush();
            out.write(new byte[256]);
        });
        to.stream("many", "2000 objects one after the other, some of them references", out -> {
            for (int i = 0; i < 2000; i++) {
                out.writeObject(i % 3 == 0 ? (Object) ("string " + i) : i % 3 == 1 ? (Object) i : "the same");
            }
        });
        to.stream("strings", "strings one after the other, one twice", out -> {
            for (String text : List.of("", "a", "\0", "\ud83d\ude00", "\ud83d", "\ude00", "a", "last")) {
                out.writeObject(text);
            }
        });
    }

    private static void primitives(ObjectOutputStream out) throws IOException {
        out.writeBoolean(true);
        out.writeByte(-2);
        out.writeShort(-3);
        out.writeChar('\u20ac');
        out.writeInt(-5);
        out.writeLong(-6);
        out.writeFloat(0.7f);
        out.writeDouble(0.8);
        out.writeUTF("nine \u20ac");
        out.writeBytes("ten");
        out.writeChars("eleven");
        out.write(new byte[] {12, 0});
    }

    private static void objects(Samples to) {
        to.value("bean", "fields of every type, one of them the object itself", new Shapes.Bean());
        to.value("extremes", "fields: surrogates, NaN, infinities, -0.0, subnormals", new Shapes.Extremes());
        to.value("no-fields", "object without fields", new Shapes.NoFields());
        to.value("odd-names", "fields called __proto__, $class, $ref, and with characters beyond ASCII",
            new Shapes.OddNames());
        to.value("many-fields", "200 fields, by putFields", new Writers.ManyFields());
        to.value("inheritance", "three classes with a field of the same name, over one that is not serializable",
            new Shapes.Leaf());
        to.values("enum", "enum constants, plain and with a body, one twice", Shapes.Suit.HEARTS, Shapes.Operator.PLUS,
            Shapes.Suit.HEARTS);
        to.value("record", "record with records in it",
            new Shapes.Segment("edge", new Shapes.Point(1, -2), new Shapes.Point(3, 0.25)));
        to.value("proxy", "dynamic proxy of two interfaces", proxy());
        to.values("proxies", "two dynamic proxies of one class", proxy(), proxy());
        to.value("replaced", "writeReplace: another object in its place", new Writers.Replaced());
    }

    private static Object proxy() {
        Class<?>[] interfaces = {Runnable.class, Comparable.class};
        return Proxy.newProxyInstance(Grammar.class.getClassLoader(), interfaces, new Shapes.Answer("yes"));
    }

    private static void descriptors(Samples to) {
        to.values("class", "Class objects: class, primitive, array, enum, interface, proxy; one twice", String.class,
            int.class, void.class, int[].class, Shapes.Suit.class, Runnable.class, Shapes.Bean.class,
            proxy().getClass(), String.class);
        to.value("class-desc", "a class descriptor as an object", ObjectStreamClass.lookup(Shapes.Leaf.class));
        to.stream("annotated", "annotations of class and proxy descriptors", Writers.Annotating::new, out -> {
            out.writeObject(new Shapes.Leaf());
            out.writeObject(proxy());
            out.writeObject(Shapes.Suit.CLUBS);
        });
    }

    private static void references(Samples to) {
        Node first = new Node("first", null);
        first.next = new Node("second", first);
        to.value("cycle", "two objects that refer to each other", first);
        Node self = new Node("self", null);
        self.next = self;
        to.value("cycle-self", "an object that refers to itself", self);
        Object[] array = {null, "x"};
        array[0] = array;
        List<Object> list = new ArrayList<>();
        list.add(list);
        Map<String, Object> map = new HashMap<>();
        map.put("me", map);
        to.values("cycle-containers", "an array, a list and a map that hold themselves", array, list, map);
        Date date = new Date(0);
        to.values("shared", "an object, a string and an array three times each", date, "s", array, date, "s", array,
            date, "s", array);
        to.stream("unshared", "writeUnshared: the same array, enum and string again and again", out -> {
            int[] numbers = {1, 2};
            for (int i = 0; i < 3; i++) {
                out.writeUnshared(numbers);
                out.writeUnshared("text");
                out.writeUnshared(Shapes.Suit.CLUBS);
            }
            out.writeObject(numbers);
            out.writeObject(numbers);
        });
        List<Object> deep = new ArrayList<>();
        Node chain = null;
        for (int i = 0; i < 149; i++) {
            deep = new ArrayList<>(List.of(deep));
            chain = new Node("n" + i, chain);
        }
        to.value("deep-list", "ArrayList within ArrayList, 150 levels", deep);
        to.value("deep-chain", "a chain of 149 objects", chain);
    }

    private static void custom(Samples to) {
        to.value("custom", "writeObject: fields, then blocks and objects", new Writers.Custom());
        to.value("custom-below", "writeObject in a class and in the one below", new Writers.CustomBelow());
        to.values("custom-twice", "two objects of one class with writeObject, and something after",
            new Writers.Custom(), new Writers.Custom(), "after");
    }

    private static void noDefault(Samples to) {
        to.value("no-default-ints", "writeObject without the fields: two ints", new Writers.IntsOnly(1));
        to.value("no-default-object", "writeObject without the fields: an object", new Writers.ObjectOnly());
        to.value("no-default-nothing", "writeObject that writes nothing", new Writers.Nothing());
        to.value("no-default-before", "writeObject with an int before the fields", new Writers.BeforeDefault());
        to.value("no-default-above", "plain fields below a class that leaves its own out", new Writers.BelowIntsOnly());
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            list.add(new Writers.IntsOnly(i));
        }
        list.add(new Writers.BeforeDefault());
        list.add("after");
        to.value("no-default-many", "300 objects without their fields in a list, and more after", list);
    }

    private static void protocols(Samples to) {
        to.value("external", "Externalizable", new Writers.External());
        to.values("external-twice", "Externalizable, two of a class, and something after", new Writers.External(),
            new Writers.External(), "after");
        to.stream("protocol-1-external", "Externalizable by protocol 1: no marks around its data", out -> {
            out.useProtocolVersion(PROTOCOL_VERSION_1);
            out.writeObject(new Writers.External());
            out.writeObject("after");
        });
        to.stream("protocol-1", "other classes by protocol 1", out -> {
            out.useProtocolVersion(PROTOCOL_VERSION_1);
            out.writeObject(new Writers.Custom());
            out.writeObject(new Shapes.Leaf());
        });
    }

    private static void failures(Samples to) {
        to.stream("reset", "resets between objects, which come again", out -> {
            Shapes.Leaf leaf = new Shapes.Leaf();
            out.writeObject(leaf);
            out.reset();
            out.writeObject(leaf);
            out.reset();
            out.reset();
            out.writeObject(leaf);
        });
        to.stream("exception", "writeObject that fails, as the first object", out -> {
            failToWrite(out, new Writers.Failing());
            out.writeObject("after");
        });
        to.stream("exception-nested",
            "writeObject that fails inside of a list and of another object, and goes on after", out -> {
                out.writeObject("before");
                Object[] inner = {"inside", new Writers.Failing(), "never"};
                failToWrite(out, new ArrayList<>(List.of("first", inner, "never")));
                out.writeObject("before");
            });
    }

    private static void failToWrite(ObjectOutputStream out, Object value) {
        try {
            out.writeObject(value);
        } catch (IOException expected) {
            return;
        }
        throw new IllegalStateException("writing did not fail");
    }
}
