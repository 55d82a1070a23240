// A MongoDB server that keeps nothing, to measure clients: it says hello, counts the documents of writes, and replies at once.
//
//   null_server [PORT]       on 127.0.0.1; prints its port; at SIGTERM prints {"documents", "bytes", "commands"} and ends
//
// Every document is walked over by its length, so a client that skips or cuts one is found out by the counts.
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
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::int32_t op_reply = 1, op_query = 2004, op_msg = 2013;
constexpr std::size_t header_size = 16, max_message = 48'000'000 + header_size;
constexpr std::uint32_t more_to_come = 2;

struct Counts {
    std::uint64_t documents = 0, bytes = 0, commands = 0;
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

// A BSON document under construction; element() writes type and name.
class Document {
public:
    Document& number(const char* name, std::int32_t value) { element('\x10', name), put(raw_, value); return *this; }
    Document& real(const char* name, double value) { element('\x01', name), put(raw_, value); return *this; }
    Document& boolean(const char* name, bool value) { element('\x08', name), put(raw_, value); return *this; }
    std::string finish() {
        raw_ += '\0';
        const auto size = static_cast<std::int32_t>(raw_.size());
        std::memcpy(raw_.data(), &size, sizeof size);
        return std::move(raw_);
    }

private:
    void element(char type, const char* name) { raw_.append(1, type).append(name).append(1, '\0'); }
    std::string raw_ = std::string(4, '\0');
};

// Counts BSON documents back to back; false when a length is impossible.
bool count_documents(std::string_view sequence, Counts& counts, std::int32_t& here) {
    while (!sequence.empty()) {
        const auto size = int32_at(sequence, 0);
        if (size < 5 || static_cast<std::size_t>(size) > sequence.size()) return false;
        ++counts.documents, ++here;
        counts.bytes += static_cast<std::uint64_t>(size);
        sequence.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
}

std::string hello() {
    return Document().boolean("helloOk", true).boolean("ismaster", true).boolean("isWritablePrimary", true)
        .number("maxBsonObjectSize", 16'777'216).number("maxMessageSizeBytes", 48'000'000).number("maxWriteBatchSize", 100'000)
        .number("logicalSessionTimeoutMinutes", 30).number("minWireVersion", 0).number("maxWireVersion", 17)
        .real("ok", 1).finish();
}

std::string frame(std::int32_t request, std::int32_t opcode, const std::string& prefix, const std::string& document) {
    std::string out;
    put(out, static_cast<std::int32_t>(header_size + prefix.size() + document.size()));
    put(out, std::int32_t{0});
    put(out, request);
    put(out, opcode);
    return out + prefix + document;
}

// The reply to one whole message; empty when none is wanted. False when the message cannot be understood.
bool answer(std::string_view message, Counts& counts, std::string& reply) {
    const auto request = int32_at(message, 4), opcode = int32_at(message, 12);
    ++counts.commands;
    if (opcode == op_query) {  // only hello comes that way
        std::string prefix;
        put(prefix, std::int32_t{8}), put(prefix, std::int64_t{0}), put(prefix, std::int32_t{0}), put(prefix, std::int32_t{1});
        reply = frame(request, op_reply, prefix, hello());
        return true;
    }
    if (opcode != op_msg) return false;
    const auto flags = static_cast<std::uint32_t>(int32_at(message, header_size));
    auto rest = message.substr(header_size + 4, message.size() - header_size - 4 - ((flags & 1U) ? 4 : 0));
    std::string_view name;
    std::int32_t written = 0;
    while (!rest.empty()) {
        const char kind = rest[0];
        const auto size = static_cast<std::size_t>(int32_at(rest, 1));
        if (size < 5 || size + 1 > rest.size() || kind < 0 || kind > 1) return false;
        const auto section = rest.substr(1, size);
        if (kind == 0) {
            name = section.substr(5);
            name = name.substr(0, name.find('\0'));
        } else {
            const auto documents = section.find('\0', 4);
            if (documents == std::string_view::npos || !count_documents(section.substr(documents + 1), counts, written)) return false;
        }
        rest.remove_prefix(size + 1);
    }
    if (flags & more_to_come) return reply.clear(), true;
    std::string body;
    if (name == "hello" || name == "isMaster" || name == "ismaster") {
        body = hello();
    } else if (name == "update") {
        body = Document().number("n", written).number("nModified", written).real("ok", 1).finish();
    } else {
        body = Document().number("n", written).real("ok", 1).finish();
    }
    reply = frame(request, op_msg, std::string(5, '\0'), body);
    return true;
}

struct Client {
    int fd;
    std::string unread;
};

bool send_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

// Reads what is there and answers every whole message in it; false when the client is done with, or has to be.
bool serve(Client& client, Counts& counts) {
    static std::vector<char> chunk(1 << 20);
    const auto got = recv(client.fd, chunk.data(), chunk.size(), 0);
    if (got <= 0) return false;
    client.unread.append(chunk.data(), static_cast<std::size_t>(got));
    std::size_t at = 0;
    for (std::string reply; client.unread.size() - at >= header_size;) {
        const auto left = std::string_view(client.unread).substr(at);
        const auto size = static_cast<std::size_t>(int32_at(left, 0));
        if (size < header_size + 4 || size > max_message) return false;
        if (left.size() < size) break;
        if (!answer(left.substr(0, size), counts, reply) || !send_all(client.fd, reply)) return false;
        at += size;
    }
    client.unread.erase(0, at);
    return true;
}

}  // namespace

int main(int count, char** arguments) {
    struct sigaction action {};
    action.sa_handler = [](int) { ending = 1; };
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(count > 1 ? std::atoi(arguments[1]) : 0));
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    socklen_t length = sizeof address;
    if (bind(listener, reinterpret_cast<sockaddr*>(&address), length) != 0 || listen(listener, 128) != 0) return std::perror("null_server"), 69;
    getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length);
    std::printf("%d\n", ntohs(address.sin_port));
    std::fflush(stdout);

    Counts counts;
    std::vector<Client> clients;
    while (!ending) {
        std::vector<pollfd> waiting{{listener, POLLIN, 0}};
        for (const auto& client : clients) waiting.push_back({client.fd, POLLIN, 0});
        if (poll(waiting.data(), waiting.size(), 200) <= 0) continue;  // a signal before poll() is seen after 200 ms
        for (std::size_t i = clients.size(); i-- > 0;) {
            if (waiting[i + 1].revents == 0 || serve(clients[i], counts)) continue;
            close(clients[i].fd);
            clients.erase(clients.begin() + static_cast<std::ptrdiff_t>(i));
        }
        if (waiting[0].revents == 0) continue;
        const int fd = accept(listener, nullptr, nullptr);
        if (fd < 0) continue;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        clients.push_back({fd, {}});
    }
    std::printf("{\"documents\":%llu,\"bytes\":%llu,\"commands\":%llu}\n", static_cast<unsigned long long>(counts.documents),
                static_cast<unsigned long long>(counts.bytes), static_cast<unsigned long long>(counts.commands));
}
