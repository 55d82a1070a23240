// Classes that write themselves: writeObject with and without the default fields, Externalizable, replacements.

package streams;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamField;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

final class Writers {
    private Writers() {}

    /** Fields, then primitives, objects and bytes of its own, more than one block of them. */
    static class Custom implements Serializable {
        private static final long serialVersionUID = 1;
        int count = 3;
        String name = "custom";
        transient String extra = "not a field";

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeInt(-1);
            out.writeUTF(extra);
            out.writeObject(name);
            out.writeObject(null);
            out.write(new byte[3000]);
            out.writeDouble(0.5);
            out.writeObject(new int[] {4, 5});
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            in.readInt();
            extra = in.readUTF();
            in.readObject();
            in.readObject();
            in.readFully(new byte[3000]);
            in.readDouble();
            in.readObject();
        }
    }

    /** A plain class below one with writeObject, above one that writes its fields and nothing more. */
    static class CustomBelow extends Custom {
        private static final long serialVersionUID = 2;
        long below = 7;

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
        }
    }

    // The four ways to leave the fields out, or not to begin with them.

    static class IntsOnly implements Serializable {
        private static final long serialVersionUID = 3;
        int a;
        int b = 2;

        IntsOnly(int a) {
            this.a = a;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.writeInt(a);
            out.writeInt(b);
        }

        private void readObject(ObjectInputStream in) throws IOException {
            a = in.readInt();
            b = in.readInt();
        }
    }

    static class ObjectOnly implements Serializable {
        private static final long serialVersionUID = 4;
        int number = 1;
        String name = "only";

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.writeObject(name);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            name = (String) in.readObject();
        }
    }

    static class Nothing implements Serializable {
        private static final long serialVersionUID = 5;
        int number = 1;
        String name = "unwritten";

        private void writeObject(ObjectOutputStream out) {}

        private void readObject(ObjectInputStream in) {}
    }

    static class BeforeDefault implements Serializable {
        private static final long serialVersionUID = 6;
        int number = 1;
        String name = "after";

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.writeInt(7);
            out.defaultWriteObject();
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.readInt();
            in.defaultReadObject();
        }
    }

    /** A class with plain fields below one that leaves its own out. */
    static class BelowIntsOnly extends IntsOnly {
        private static final long serialVersionUID = 7;
        String plain = "plain";

        BelowIntsOnly() {
            super(8);
        }
    }

    /** Two hundred fields that no variable stands behind. */
    static class ManyFields implements Serializable {
        private static final long serialVersionUID = 8;
        private static final ObjectStreamField[] serialPersistentFields =
            IntStream.range(0, 200)
                .mapToObj(i -> new ObjectStreamField("field" + i, int.class))
                .toArray(ObjectStreamField[]::new);

        private void writeObject(ObjectOutputStream out) throws IOException {
            ObjectOutputStream.PutField fields = out.putFields();
            for (int i = 0; i < serialPersistentFields.length; i++) {
                fields.put("field" + i, i);
            }
            out.writeFields();
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.readFields();
        }
    }

    public static class External implements Externalizable {
        private static final long serialVersionUID = 9;
        private List<String> list = new ArrayList<>(List.of("in", "side"));

        @Override
        public void writeExternal(java.io.ObjectOutput out) throws IOException {
            out.writeInt(42);
            out.writeUTF("external");
            out.writeObject(list);
            out.writeBoolean(true);
        }

        @Override
        @SuppressWarnings("unchecked")
        public void readExternal(java.io.ObjectInput in) throws IOException, ClassNotFoundException {
            in.readInt();
            in.readUTF();
            list = (List<String>) in.readObject();
            in.readBoolean();
        }
    }

    static class Replaced implements Serializable {
        private static final long serialVersionUID = 10;

        private Object writeReplace() {
            return new Replacement();
        }
    }

    static class Replacement implements Serializable {
        private static final long serialVersionUID = 11;
        String inPlaceOf = "Replaced";

        private Object readResolve() {
            return new Replaced();
        }
    }

    /** Fails when it has written something. */
    static class Failing implements Serializable {
        private static final long serialVersionUID = 12;
        int number = 1;

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeUTF("begun");
            IOException failure = new IOException("cannot go on");
            failure.setStackTrace(new StackTraceElement[0]);
            throw failure;
        }
    }

    /** A stream with words about each class, as remote calls have them. */
    static class Annotating extends ObjectOutputStream {
        Annotating(OutputStream out) throws IOException {
            super(out);
        }

        @Override
        protected void annotateClass(Class<?> type) throws IOException {
            writeUTF("class");
            writeObject("from " + type.getSimpleName());
        }

        @Override
        protected void annotateProxyClass(Class<?> type) throws IOException {
            writeObject(null);
            writeInt(2);
        }
    }
}
