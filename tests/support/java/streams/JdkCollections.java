// What the JDK's collections and maps look like in a stream.

package streams;

import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.stream.Stream;

final class JdkCollections {
    private JdkCollections() {}

    static void add(Samples to) {
        lists(to);
        queues(to);
        sets(to);
        maps(to);
        immutables(to);
        wrappers(to);
    }

    private static <L extends List<String>> L words(L list) {
        list.addAll(Arrays.asList("one", null, "three", "one"));
        return list;
    }

    private static <C extends Collection<String>> C letters(C collection) {
        collection.addAll(List.of("c", "a", "b"));
        return collection;
    }

    private static <M extends Map<String, Object>> M numerals(M map) {
        map.put("one", 1);
        map.put("two", "zwei");
        map.put("three", 3.0);
        return map;
    }

    private static void lists(Samples to) {
        to.value("array-list", "ArrayList with null and an element twice", words(new ArrayList<>()));
        to.value("array-list-empty", "ArrayList of no elements", new ArrayList<>());
        to.value("linked-list", "LinkedList", words(new LinkedList<>()));
        to.value("vector", "Vector: nulls after its last element", words(new Vector<>()));
        to.value("stack", "Stack", words(new Stack<>()));
        to.value("copy-on-write-list", "CopyOnWriteArrayList", words(new CopyOnWriteArrayList<>()));
        to.value("as-list", "Arrays.asList", Arrays.asList("a", null, 3));
        to.value("n-copies", "Collections.nCopies", Collections.nCopies(3, "x"));
    }

    private static void queues(Samples to) {
        to.value("array-deque", "ArrayDeque", letters(new ArrayDeque<>()));
        to.values("priority-queue", "PriorityQueue: natural order, by comparator, empty",
            letters(new PriorityQueue<>()), letters(new PriorityQueue<>(Comparator.reverseOrder())),
            new PriorityQueue<>());
        to.values("concurrent-queues", "queues of java.util.concurrent", letters(new ConcurrentLinkedQueue<>()),
            letters(new ConcurrentLinkedDeque<>()), letters(new LinkedBlockingQueue<>()),
            letters(new ArrayBlockingQueue<>(5)), letters(new LinkedBlockingDeque<>()),
            letters(new PriorityBlockingQueue<>()));
        to.values("linked-queues", "queues that end at a null: of one, of none, inside of a map",
            new LinkedBlockingQueue<>(List.of(List.of(1))), new ConcurrentLinkedDeque<>(),
            Map.of("q", letters(new LinkedTransferQueue<>())));
    }

    private static void sets(Samples to) {
        to.value("hash-set", "HashSet", letters(new HashSet<>()));
        to.value("linked-hash-set", "LinkedHashSet", letters(new LinkedHashSet<>()));
        to.values("tree-set", "TreeSet: natural order, by comparator", letters(new TreeSet<>()),
            letters(new TreeSet<>(String.CASE_INSENSITIVE_ORDER)));
        to.values("enum-set", "EnumSet: some, none, all of another enum",
            EnumSet.of(Shapes.Suit.CLUBS, Shapes.Suit.SPADES), EnumSet.noneOf(Shapes.Suit.class),
            EnumSet.allOf(Thread.State.class));
        to.values("concurrent-sets", "ConcurrentSkipListSet, CopyOnWriteArraySet, newSetFromMap, newKeySet",
            letters(new ConcurrentSkipListSet<>()), letters(new CopyOnWriteArraySet<>()),
            letters(Collections.newSetFromMap(new LinkedHashMap<>())), letters(ConcurrentHashMap.newKeySet()));
        Set<Object> mixed = Collections.newSetFromMap(new LinkedHashMap<>());
        mixed.addAll(List.of(1, "a", List.of(2)));
        to.values("sets-by-maps", "of things that are no strings, of none", mixed,
            new ConcurrentSkipListSet<>(List.of(3, 1, 2)),
            Collections.newSetFromMap(new IdentityHashMap<>()), ConcurrentHashMap.newKeySet(8));
    }

    private static void maps(Samples to) {
        Map<String, Object> map = numerals(new HashMap<>());
        map.put("nothing", null);
        to.value("hash-map", "HashMap with a null value", map);
        to.value(
            "hash-map-null-key", "HashMap with a null key", new HashMap<>(Collections.singletonMap(null, "nothing")));
        to.value(
            "hash-map-other-keys", "HashMap with keys that are no strings", new HashMap<>(Map.of(7, List.of("seven"))));
        to.value("hash-map-empty", "HashMap of no entries", new HashMap<>());
        to.value("linked-hash-map", "LinkedHashMap", numerals(new LinkedHashMap<>()));
        Map<String, Object> accessed = numerals(new LinkedHashMap<>(16, 0.75f, true));
        accessed.get("one");
        to.value("linked-hash-map-access", "LinkedHashMap in the order of access", accessed);
        to.value("hashtable", "Hashtable", numerals(new Hashtable<>()));
        Properties defaults = new Properties();
        defaults.setProperty("colour", "none");
        Properties properties = new Properties(defaults);
        properties.setProperty("size", "12");
        to.value("properties", "Properties with defaults", properties);
        to.value("tree-map", "TreeMap", numerals(new TreeMap<>()));
        to.value(
            "tree-map-comparator", "TreeMap with a comparator", numerals(new TreeMap<>(Comparator.reverseOrder())));
        to.value("concurrent-hash-map", "ConcurrentHashMap", numerals(new ConcurrentHashMap<>()));
        to.value("concurrent-skip-list-map", "ConcurrentSkipListMap", numerals(new ConcurrentSkipListMap<>()));
        to.value("identity-hash-map", "IdentityHashMap", new IdentityHashMap<>(Map.of("k", "v")));
        to.value("enum-map", "EnumMap", new EnumMap<>(Map.of(Shapes.Suit.HEARTS, "red", Shapes.Suit.CLUBS, "black")));
        to.values("map-entry", "AbstractMap.SimpleEntry, SimpleImmutableEntry", new AbstractMap.SimpleEntry<>("k", 1),
            new AbstractMap.SimpleImmutableEntry<>("k", 2));
    }

    private static void immutables(Samples to) {
        to.values("list-of", "List.of: none, one, two, many", List.of(), List.of(1), List.of(1, 2), List.of(1, 2, 3));
        to.values("set-of", "Set.of: none, one", Set.of(), Set.of("a"));
        to.values("map-of", "Map.of: none, one", Map.of(), Map.of("a", 1));
        to.values("set-of-many", "Set.of and Map.of with many; order varies", Set.of(1, 2, 3),
            Map.of("a", 1, "b", 2, "c", 3));
        to.value("to-list", "Stream.toList with null", Stream.of("a", null, "c").toList());
        to.values("singletons", "Collections.singleton, singletonList, singletonMap", Collections.singleton("s"),
            Collections.singletonList(null), Collections.singletonMap("k", "v"), Collections.singletonMap(1, 2));
        to.values("empties", "Collections.emptyList, emptySet, emptyMap", Collections.emptyList(),
            Collections.emptySet(), Collections.emptyMap());
    }

    private static void wrappers(Samples to) {
        List<String> list = words(new ArrayList<>());
        List<String> linked = new LinkedList<>(list);
        Set<String> set = letters(new LinkedHashSet<>());
        SortedSet<String> sortedSet = letters(new TreeSet<>());
        Map<String, Object> map = numerals(new LinkedHashMap<>());
        SortedMap<String, Object> sortedMap = numerals(new TreeMap<>());
        to.values("unmodifiable", "Collections.unmodifiable of each kind, some around the same list",
            Collections.unmodifiableCollection(list), Collections.unmodifiableList(list),
            Collections.unmodifiableList(linked), Collections.unmodifiableSet(set),
            Collections.unmodifiableSortedSet(sortedSet), Collections.unmodifiableMap(map),
            Collections.unmodifiableSortedMap(sortedMap));
        to.values("synchronized", "Collections.synchronized of each kind, some around the same list",
            Collections.synchronizedCollection(list), Collections.synchronizedList(list),
            Collections.synchronizedList(linked), Collections.synchronizedSet(set),
            Collections.synchronizedSortedSet(sortedSet), Collections.synchronizedMap(map),
            Collections.synchronizedSortedMap(sortedMap));
        to.values("checked", "Collections.checkedList, checkedMap", Collections.checkedList(list, String.class),
            Collections.checkedMap(map, String.class, Object.class));
    }
}
