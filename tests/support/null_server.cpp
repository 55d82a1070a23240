// A MongoDB server that keeps nothing, to measure clients: it says hello, counts the documents of writes, and replies
// at once.
//
//   null_server [PORT]       on 127.0.0.1; prints its port; at SIGTERM prints {"documents", "bytes", "commands"} and
//   ends
//
// Every document is walked over by its length, so a client that skips or cuts one is found out by the counts.
// (Only those in document sequences, which is how drivers send them.)
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

constexpr std::int32_t op_reply = 1, op_query = 2004, op_msg = 2013;
constexpr std::size_t header_size = 16, max_message = 48'000'000 + header_size;
constexpr std::uint32_t more_to_come = 2;

struct Counts {
    std::uintmax_t documents = 0, bytes = 0, commands = 0;
};

volatile std::sig_atomic_t ending = 0;

std::int32_t int32_at(std::string_view from, std::size_t at) {
    std::int32_t value = 0;
    if (at + sizeof value > from.size()) return -1;
    std::memcpy(&value, from.data() + at, sizeof value);
    return value;
}

template <class T>
void put(std::string& to, T value) {
    to.append(reinterpret_cast<const char*>(&value), sizeof value);
}

// A BSON document under construction: booleans, int32 and doubles are all that a reply needs.
class Document {
public:
    template <class T>
    Document& add(const char* name, T value) {
        constexpr char type = std::is_same_v<T, bool> ? '\x08' : std::is_same_v<T, double> ? '\x01' : '\x10';
        raw_.append(1, type).append(name).append(1, '\0');
        put(raw_, value);
        return *this;
    }
    std::string finish() {
        raw_ += '\0';
        const auto size = static_cast<std::int32_t>(raw_.size());
        std::memcpy(raw_.data(), &size, sizeof size);
        return std::move(raw_);
    }

private:
    std::string raw_ = std::string(4, '\0');
};

// Counts BSON documents back to back; false when a length is impossible.
bool count_documents(std::string_view sequence, Counts& counts, std::int32_t& here) {
    while (!sequence.empty()) {
        const auto size = int32_at(sequence, 0);
        if (size < 5 || static_cast<std::size_t>(size) > sequence.size()) return false;
        ++counts.documents, ++here;
        counts.bytes += static_cast<std::uintmax_t>(size);
        sequence.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
}

std::string hello() {
    Document reply;
    for (const char* name : {"helloOk", "ismaster", "isWritablePrimary"})
        reply.add(name, true);
    reply.add("maxBsonObjectSize", 16'777'216).add("maxMessageSizeBytes", 48'000'000).add("maxWriteBatchSize", 100'000);
    reply.add("logicalSessionTimeoutMinutes", 30).add("minWireVersion", 0).add("maxWireVersion", 17);
    return reply.add("ok", 1.0).finish();
}

std::string frame(std::int32_t request, std::int32_t opcode, const std::string& prefix, const std::string& document) {
    std::string out;
    put(out, static_cast<std::int32_t>(header_size + prefix.size() + document.size()));
    put(out, std::int32_t{0});
    put(out, request);
    put(out, opcode);
    return out + prefix + document;
}

// Reads the sections of an OP_MSG: the command's name, and the documents of its sequences, which are counted.
bool read_sections(std::string_view rest, std::string_view& name, std::int32_t& written, Counts& counts) {
    while (!rest.empty()) {
        const auto size = static_cast<std::size_t>(int32_at(rest, 1));
        if (size < 5 || size + 1 > rest.size() || rest[0] < 0 || rest[0] > 1) return false;
        const auto section = rest.substr(1, size);
        if (rest[0] == 0) {
            name = section.substr(5, section.find('\0', 5) - 5);
        } else {
            const auto end = section.find('\0', 4);
            if (end == section.npos || !count_documents(section.substr(end + 1), counts, written)) return false;
        }
        rest.remove_prefix(size + 1);
    }
    return true;
}

// The reply to one whole message; empty when none is wanted. False when the message cannot be understood.
bool answer(std::string_view message, Counts& counts, std::string& reply) {
    const auto request = int32_at(message, 4), opcode = int32_at(message, 12);
    ++counts.commands;
    if (opcode == op_query) {  // only hello comes that way
        std::string prefix(20, '\0');
        prefix[0] = 8, prefix[16] = 1;  // flags: fit for awaiting data; one document
        reply = frame(request, op_reply, prefix, hello());
        return true;
    }
    const auto flags = static_cast<std::uint32_t>(int32_at(message, header_size));
    const auto size = message.size() - header_size - 4 - ((flags & 1U) ? 4 : 0);  // without a checksum
    std::string_view name;
    std::int32_t written = 0;
    if (opcode != op_msg || !read_sections(message.substr(header_size + 4, size), name, written, counts)) return false;
    const bool greeting = name == "hello" || name == "isMaster" || name == "ismaster";
    Document done;
    const auto body = greeting ? hello() : done.add("n", written).add("nModified", written).add("ok", 1.0).finish();
    reply = (flags & more_to_come) ? "" : frame(request, op_msg, std::string(5, '\0'), body);
    return true;
}

// Reads what is there and answers every whole message in it; false when the client is done with, or has to be.
bool serve(int fd, std::string& unread, Counts& counts) {
    static std::vector<char> chunk(1 << 20);
    const auto got = recv(fd, chunk.data(), chunk.size(), 0);
    if (got <= 0) return false;
    unread.append(chunk.data(), static_cast<std::size_t>(got));
    std::size_t at = 0;
    for (std::string reply; unread.size() - at >= header_size;) {
        const auto left = std::string_view(unread).substr(at);
        const auto size = static_cast<std::size_t>(int32_at(left, 0));
        if (size < header_size + 4 || size > max_message) return false;
        if (left.size() < size) break;
        if (!answer(left.substr(0, size), counts, reply)) return false;
        // A reply is far smaller than any socket buffer, so it goes out whole or not at all.
        if (send(fd, reply.data(), reply.size(), MSG_NOSIGNAL) < 0) return false;
        at += size;
    }
    unread.erase(0, at);
    return true;
}

}  // namespace

int main(int count, char** arguments) {
    std::signal(SIGTERM, [](int) { ending = 1; });
    const auto port = static_cast<std::uint16_t>(count > 1 ? std::atoi(arguments[1]) : 0);
    sockaddr_in address{AF_INET, htons(port), {htonl(INADDR_LOOPBACK)}, {}};
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    socklen_t length = sizeof address;
    if (bind(listener, reinterpret_cast<sockaddr*>(&address), length) != 0 || listen(listener, 128) != 0)
        return std::perror("null_server"), 69;
    getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length);
    std::printf("%d\n", ntohs(address.sin_port));
    std::fflush(stdout);

    Counts counts;
    std::map<int, std::string> clients;  // what each has sent of a message not yet whole
    while (!ending) {
        std::vector<pollfd> waiting{{listener, POLLIN, 0}};
        for (const auto& client : clients)
            waiting.push_back({client.first, POLLIN, 0});
        if (poll(waiting.data(), waiting.size(), 200) <= 0) continue;  // 200 ms: for a signal just before
        for (const auto& [fd, wanted, seen] : waiting) {
            if (seen == 0) continue;
            if (fd == listener) {
                const int client = accept(listener, nullptr, nullptr);
                if (client < 0) continue;
                setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
                clients[client];
            } else if (!serve(fd, clients[fd], counts)) {
                clients.erase(fd);
                close(fd);
            }
        }
    }
    std::printf("{\"documents\":%ju,\"bytes\":%ju,\"commands\":%ju}\n", counts.documents, counts.bytes,
                counts.commands);
}
