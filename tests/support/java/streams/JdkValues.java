// What single values of the JDK's classes look like in a stream: numbers, text, arrays, times and the like.

package streams;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.security.KeyFactory;
import java.security.KeyRep;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.chrono.JapaneseDate;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.regex.Pattern;

final class JdkValues {
    private static final long MOMENT = 1700000000123L; // 2023-11-14T22:13:20.123Z

    private JdkValues() {}

    static void add(Samples to) throws Exception {
        numbers(to);
        text(to);
        arrays(to);
        dates(to);
        times(to);
        names(to);
        code(to);
    }

    private static void numbers(Samples to) {
        to.value("integer", "Integer", -7);
        to.value("long", "Long, the least", Long.MIN_VALUE);
        to.value("short", "Short", (short) -2);
        to.value("byte", "Byte", (byte) 0x80);
        to.value("float", "Float", 74.72f);
        to.value("double", "Double", 0.1);
        to.values("double-specials", "Double: NaN, infinities, -0.0, extremes, and two that Java prints long",
            Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, Double.MAX_VALUE,
            1e23, 2e23);
        to.value("character", "Character", '\u20ac');
        to.value("character-surrogate", "Character, a lone surrogate", '\ud83d');
        to.values("boolean", "Boolean, one object twice", true, false, true);
        to.values("big-integer", "BigInteger: negative, zero, one byte and more, 300 digits", BigInteger.ZERO,
            new BigInteger("-12345678901234567890"), BigInteger.ONE, BigInteger.valueOf(-128), BigInteger.valueOf(128),
            new BigInteger("9".repeat(300)));
        to.values("big-decimal", "BigDecimal: signs, positive and negative scales, far exponents",
            new BigDecimal("-12.3400"), new BigDecimal("0E+3"), new BigDecimal("0.000001"), new BigDecimal("1E-400"),
            new BigDecimal("7E+400"), BigDecimal.TEN, new BigDecimal("123456789012345678901234567890.5"));
        to.values("atomics", "AtomicInteger, AtomicLong, AtomicBoolean, AtomicReference, AtomicIntegerArray",
            new AtomicInteger(5), new AtomicLong(-6), new AtomicBoolean(true), new AtomicReference<>("seven"),
            new AtomicIntegerArray(new int[] {8, 9}));
        LongAdder adder = new LongAdder();
        adder.add(42);
        to.value("long-adder", "LongAdder: a serialization proxy", adder);
        to.value("bit-set", "BitSet", BitSet.valueOf(new long[] {5, Long.MIN_VALUE}));
        to.value("random", "java.util.Random: fields by putFields", new Random(42));
    }

    private static void text(Samples to) {
        to.value("string", "String", "plain");
        to.value("string-empty", "String of no length", "");
        to.value("string-nul", "String with NUL", "a\0b");
        to.values("string-surrogates", "String with 2- and 3-byte characters, surrogate pairs, lone surrogates",
            "\u00e9\u20ac", "x\ud83d\ude00y", "high \ud83d alone", "low \ude00 alone", "\ude00\ud83d", "\ud800");
        to.value("string-controls", "String of what JSON escapes", "\"\\/\b\f\n\r\t\1\37\177\u2028\u2029\ufffe");
        to.value("string-65535", "the longest String with a short length", "s".repeat(65535));
        to.value("string-long", "String of 65536 bytes: TC_LONGSTRING", "\u00e9".repeat(32768));
        String twice = "l".repeat(70000);
        to.values("string-long-twice", "a long String and a reference to it", twice, twice);
        to.value("string-builder", "StringBuilder", new StringBuilder("built \u20ac"));
        to.value("string-buffer", "StringBuffer", new StringBuffer("buffered"));
        to.value("pattern", "java.util.regex.Pattern", Pattern.compile("a+b", Pattern.CASE_INSENSITIVE));
    }

    private static void arrays(Samples to) {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        to.value("array-boolean", "boolean[]", new boolean[] {true, false});
        to.value("array-byte", "byte[] of all values", bytes);
        to.value("array-char", "char[] with surrogates", new char[] {'a', 0, '\ud83d', '\ude00', '\udfff', '\uffff'});
        to.value("array-short", "short[]", new short[] {Short.MIN_VALUE, -1, 0, Short.MAX_VALUE});
        to.value("array-int", "int[]", new int[] {Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE});
        to.value("array-long", "long[]: also what a double cannot hold",
            new long[] {Long.MIN_VALUE, -1, 0, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE});
        to.value("array-float", "float[] with NaN, infinities, -0.0 and a subnormal",
            new float[] {0.1f, -0.0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE,
                Float.MAX_VALUE, 16777216f});
        to.value("array-double", "double[] with NaN, infinities, -0.0 and a subnormal",
            new double[] {0.1, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE,
                Double.MAX_VALUE, 9007199254740993.0});
        to.value("array-string", "String[] with null and an element twice", new String[] {"a", null, "b", "a"});
        to.values(
            "array-object", "Object[] of unlike elements", 1, "two", null, 3.0, new Object[] {'4'}, new int[] {5});
        to.values("array-empty", "arrays of no length", new int[0], new String[0], new Object[0][0]);
        to.values("array-nested", "int[][] with null, and String[][][]", new int[][] {{1, 2}, {}, null, {3}},
            new String[][][] {{{"x"}, null}, {}});
    }

    private static void dates(Samples to) throws Exception {
        to.values(
            "date", "Date: after and before 1970, the least", new Date(MOMENT), new Date(-1), new Date(Long.MIN_VALUE));
        if (ModuleLayer.boot().findModule("java.sql").isPresent()) {
            for (String type : List.of("Date", "Time", "Timestamp")) {
                Object date = Class.forName("java.sql." + type).getConstructor(long.class).newInstance(MOMENT);
                to.value("sql-" + type.toLowerCase(Locale.ROOT), "java.sql." + type, date);
            }
        }
        Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
        calendar.setTimeInMillis(MOMENT);
        to.value("calendar", "GregorianCalendar", calendar);
        to.values("time-zone", "TimeZone: of a place, SimpleTimeZone", TimeZone.getTimeZone("Europe/Berlin"),
            new SimpleTimeZone(3600000, "own"));
    }

    private static void times(Samples to) {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        ZoneOffset quarters = ZoneOffset.ofHoursMinutes(-3, -30);
        ZoneOffset seconds = ZoneOffset.ofTotalSeconds(4000);
        LocalDate date = LocalDate.of(2024, 2, 29);
        LocalTime time = LocalTime.of(1, 2, 3, 4);
        LocalDateTime fiveSharp = date.atTime(5, 0);
        to.values("duration", "Duration: positive, negative, none", Duration.ofSeconds(61, 5), Duration.ofMillis(-1500),
            Duration.ZERO);
        to.values("instant", "Instant: after, at and before 1970, least, greatest",
            Instant.ofEpochSecond(1700000000, 120000000), Instant.EPOCH, Instant.ofEpochSecond(-1, 999999999),
            Instant.MIN, Instant.MAX);
        to.values("local-date", "LocalDate: leap day, year 0, least, greatest", date, LocalDate.of(0, 1, 1),
            LocalDate.MIN, LocalDate.MAX);
        to.values("local-time", "LocalTime: its four lengths, least, greatest", LocalTime.of(5, 0), LocalTime.of(1, 2),
            LocalTime.of(1, 2, 3), time, LocalTime.MIN, LocalTime.MAX);
        to.values("local-date-time", "LocalDateTime: short and long", fiveSharp, date.atTime(time));
        to.values("zoned-date-time", "ZonedDateTime: of a region, of an offset", fiveSharp.atZone(zone),
            fiveSharp.atZone(quarters));
        to.values("zone-region", "ZoneRegion", zone, ZoneId.of("UTC"), ZoneId.of("GMT+2"));
        to.values(
            "zone-offset", "ZoneOffset: in quarters of an hour, in seconds, UTC", quarters, seconds, ZoneOffset.UTC);
        to.values(
            "offset-time", "OffsetTime: long and short", time.atOffset(quarters), LocalTime.of(5, 0).atOffset(seconds));
        to.values("offset-date-time", "OffsetDateTime: UTC, seconds", fiveSharp.atOffset(ZoneOffset.UTC),
            fiveSharp.atOffset(seconds));
        to.values("year", "Year: after and before year 0", Year.of(2024), Year.of(-44));
        to.value("year-month", "YearMonth", YearMonth.of(2024, 2));
        to.value("month-day", "MonthDay", MonthDay.of(2, 29));
        to.values("period", "Period: mixed signs, none", Period.of(1, -2, 30), Period.ZERO);
        to.value(
            "chrono", "JapaneseDate: Externalizable of the JDK without a natural form", JapaneseDate.of(2024, 2, 29));
    }

    private static void names(Samples to) throws Exception {
        to.value("uuid", "UUID", UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"));
        to.values("locale", "Locale: country, none, script and extension", Locale.GERMANY, Locale.ROOT,
            Locale.forLanguageTag("zh-Hant-TW-u-ca-roc"));
        to.value("currency", "Currency", Currency.getInstance("EUR"));
        to.value("uri", "URI", URI.create("https://example.org/a?b=c#d"));
        to.value("url", "URL", new URL("https", "example.org", 8443, "/a?b=c"));
        byte[] six = {32, 1, 13, (byte) 184, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        to.values("inet-address", "Inet4Address with and without a name, Inet6Address, InetSocketAddress",
            InetAddress.getByAddress("host.test", new byte[] {10, 0, 0, 1}),
            InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), InetAddress.getByAddress("six.test", six),
            InetSocketAddress.createUnresolved("host.test", 80));
        to.value("file", "File", new File("/tmp/some file"));
    }

    private static void code(Samples to) throws Exception {
        Exception failure = new IllegalStateException("outer", traced(new IOException((String) null), "read", 12));
        traced(failure, "main", 7).addSuppressed(traced(new RuntimeException("while closing"), "close", -2));
        to.value("throwable", "exception with cause, stack trace and a suppressed one", failure);
        to.value("lambda", "lambda: SerializedLambda with a captured argument", lambda("caught"));
        to.value("key-rep", "KeyRep of a secret key", new KeyRep(KeyRep.Type.SECRET, "AES", "RAW", new byte[16]));
        BigInteger modulus = BigInteger.ONE.shiftLeft(1023).add(BigInteger.valueOf(1155));
        to.value("public-key", "RSA public key: writes a KeyRep in its place",
            KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65537))));
    }

    private static Exception traced(Exception exception, String method, int line) {
        exception.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("app", "some.module", "17", "some.module.Thing", method, "Thing.java", line),
            new StackTraceElement("Other", "main", null, -1)});
        return exception;
    }

    private static Supplier<String> lambda(String caught) {
        return (Supplier<String> & Serializable) () -> caught;
    }
}
