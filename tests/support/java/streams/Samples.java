// The list of samples: what each is called, what it is, and how it is written.

package streams;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

final class Samples {
    interface Writer {
        void write(ObjectOutputStream out) throws Exception;
    }

    interface Opener {
        ObjectOutputStream open(OutputStream out) throws IOException;
    }

    record Sample(String description, Opener opener, Writer writer) {
        byte[] bytes() throws Exception {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = opener.open(bytes)) {
                writer.write(out);
            }
            return bytes.toByteArray();
        }
    }

    private final Map<String, Sample> all = new LinkedHashMap<>();

    Map<String, Sample> all() {
        return Collections.unmodifiableMap(all);
    }

    /** One object and nothing else. */
    void value(String name, String description, Object value) {
        stream(name, description, out -> out.writeObject(value));
    }

    /** Several kinds of one thing: an array of them. */
    void values(String name, String description, Object... values) {
        value(name, description, values);
    }

    void stream(String name, String description, Writer writer) {
        stream(name, description, ObjectOutputStream::new, writer);
    }

    void stream(String name, String description, Opener opener, Writer writer) {
        if (all.put(name, new Sample(description, opener, writer)) != null) {
            throw new IllegalStateException("two streams are called " + name);
        }
    }
}
