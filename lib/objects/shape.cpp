#include "objects/shape.hpp"

#include <algorithm>
#include <array>

#include "objects/class_desc.hpp"

namespace bradawl::objects {

namespace {

using Kind = Shape::Kind;

// In the order of their names, for a binary search. Sources: the writeObject methods of JDK 17.
constexpr std::array shapes{
    Shape{"java.io.File", Kind::pass, "path"},
    Shape{"java.lang.Boolean", Kind::boxed},
    Shape{"java.lang.Byte", Kind::boxed},
    Shape{"java.lang.Character", Kind::boxed},
    Shape{"java.lang.Double", Kind::boxed},
    Shape{"java.lang.Float", Kind::boxed},
    Shape{"java.lang.Integer", Kind::boxed},
    Shape{"java.lang.Long", Kind::boxed},
    Shape{"java.lang.Short", Kind::boxed},
    Shape{"java.lang.StackTraceElement", Kind::leaf},
    Shape{"java.lang.StringBuffer", Kind::leaf},
    Shape{"java.lang.StringBuilder", Kind::leaf},
    Shape{"java.lang.Throwable", Kind::throwable},
    Shape{"java.math.BigDecimal", Kind::leaf},
    Shape{"java.math.BigInteger", Kind::leaf},
    Shape{"java.net.Inet4Address", Kind::leaf},
    Shape{"java.net.InetAddress", Kind::leaf},
    Shape{"java.net.URI", Kind::pass, "string"},
    Shape{"java.net.URL", Kind::leaf},
    Shape{"java.sql.Timestamp", Kind::leaf},
    Shape{"java.time.Ser", Kind::leaf},
    Shape{"java.util.ArrayDeque", Kind::list},
    Shape{"java.util.ArrayList", Kind::list},
    Shape{"java.util.Arrays$ArrayList", Kind::pass, "a"},
    Shape{"java.util.BitSet", Kind::leaf},
    Shape{"java.util.Calendar", Kind::leaf},
    Shape{"java.util.CollSer", Kind::collection_ser},
    Shape{"java.util.Collections$CheckedCollection", Kind::pass, "c"},
    Shape{"java.util.Collections$CheckedMap", Kind::pass, "m"},
    Shape{"java.util.Collections$EmptyList", Kind::empty_list},
    Shape{"java.util.Collections$EmptyMap", Kind::empty_map},
    Shape{"java.util.Collections$EmptySet", Kind::empty_list},
    Shape{"java.util.Collections$SetFromMap", Kind::keys, "m"},
    Shape{"java.util.Collections$SingletonList", Kind::single, "element"},
    Shape{"java.util.Collections$SingletonMap", Kind::single_map},
    Shape{"java.util.Collections$SingletonSet", Kind::single, "element"},
    Shape{"java.util.Collections$SynchronizedCollection", Kind::pass, "c"},
    Shape{"java.util.Collections$SynchronizedMap", Kind::pass, "m"},
    Shape{"java.util.Collections$UnmodifiableCollection", Kind::pass, "c"},
    Shape{"java.util.Collections$UnmodifiableMap", Kind::pass, "m"},
    Shape{"java.util.Currency", Kind::pass, "currencyCode"},
    Shape{"java.util.Date", Kind::date},
    Shape{"java.util.EnumMap", Kind::map},
    Shape{"java.util.EnumSet$SerializationProxy", Kind::pass, "elements"},
    Shape{"java.util.HashMap", Kind::map},
    Shape{"java.util.HashSet", Kind::list},
    Shape{"java.util.Hashtable", Kind::map},
    Shape{"java.util.IdentityHashMap", Kind::map},
    Shape{"java.util.LinkedList", Kind::list},
    Shape{"java.util.Locale", Kind::leaf},
    Shape{"java.util.PriorityQueue", Kind::list},
    Shape{"java.util.TreeMap", Kind::map},
    Shape{"java.util.TreeSet", Kind::list},
    Shape{"java.util.UUID", Kind::leaf},
    Shape{"java.util.Vector", Kind::vector},
    Shape{"java.util.concurrent.ConcurrentHashMap", Kind::tail_map},
    Shape{"java.util.concurrent.ConcurrentHashMap$CollectionView", Kind::keys, "map"},
    Shape{"java.util.concurrent.ConcurrentLinkedDeque", Kind::tail_list},
    Shape{"java.util.concurrent.ConcurrentLinkedQueue", Kind::tail_list},
    Shape{"java.util.concurrent.ConcurrentSkipListMap", Kind::tail_map},
    Shape{"java.util.concurrent.ConcurrentSkipListSet", Kind::keys, "m"},
    Shape{"java.util.concurrent.CopyOnWriteArrayList", Kind::list},
    Shape{"java.util.concurrent.CopyOnWriteArraySet", Kind::pass, "al"},
    Shape{"java.util.concurrent.LinkedBlockingDeque", Kind::tail_list},
    Shape{"java.util.concurrent.LinkedBlockingQueue", Kind::tail_list},
    Shape{"java.util.concurrent.LinkedTransferQueue", Kind::tail_list},
    Shape{"java.util.concurrent.PriorityBlockingQueue", Kind::pass, "q"},
    Shape{"java.util.concurrent.atomic.AtomicBoolean", Kind::truth},
    Shape{"java.util.concurrent.atomic.AtomicInteger", Kind::atomic},
    Shape{"java.util.concurrent.atomic.AtomicIntegerArray", Kind::pass, "array"},
    Shape{"java.util.concurrent.atomic.AtomicLong", Kind::atomic},
    Shape{"java.util.concurrent.atomic.AtomicLongArray", Kind::pass, "array"},
    Shape{"java.util.concurrent.atomic.AtomicReference", Kind::pass, "value"},
    Shape{"java.util.concurrent.atomic.AtomicReferenceArray", Kind::pass, "array"},
    Shape{"java.util.concurrent.atomic.DoubleAdder$SerializationProxy", Kind::atomic},
    Shape{"java.util.concurrent.atomic.LongAdder$SerializationProxy", Kind::atomic},
};
static_assert(std::is_sorted(shapes.begin(), shapes.end(),
                             [](const Shape& a, const Shape& b) { return a.name < b.name; }));

}  // namespace

const Shape* shape_called(std::string_view name) {
    if (!name.starts_with("java.")) return nullptr;
    const auto* const found = std::lower_bound(
        shapes.begin(), shapes.end(), name, [](const Shape& shape, std::string_view key) { return shape.name < key; });
    return found != shapes.end() && found->name == name ? &*found : nullptr;
}

const Shape* shape_of(const ClassDesc& desc) {
    return shape_called(desc.name);
}

}  // namespace bradawl::objects
