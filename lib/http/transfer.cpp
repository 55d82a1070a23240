#include "http/transfer.hpp"

#include <fmt/format.h>
#include <isa-l.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <system_error>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "http/handles.hpp"
#include "http/inflate.hpp"
#include "http/setup.hpp"
#include "text/printable.hpp"

namespace bradawl::http {

namespace {

constexpr std::size_t kept_refusal = 2048;  // bytes of an error body that may help a person

/// libcurl's verdict in our terms.
Outcome::Cause cause_of(CURLcode code) {
    switch (code) {
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_ISSUER_ERROR:
            return Outcome::Cause::untrusted;
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CACERT_BADFILE:
            return Outcome::Cause::bad_file;
        case CURLE_URL_MALFORMAT:
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_SSL_CIPHER:
        case CURLE_BAD_FUNCTION_ARGUMENT:
            return Outcome::Cause::unusable;
        case CURLE_BAD_CONTENT_ENCODING:
            return Outcome::Cause::broken_body;
        default:
            return Outcome::Cause::network;
    }
}

std::string lower_first(std::string text) {
    const bool acronym = text.size() > 1 && text[1] >= 'A' && text[1] <= 'Z';
    if (!text.empty() && !acronym && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
    while (!text.empty() && (text.back() == '.' || text.back() == '\n'))
        text.pop_back();
    return text;
}

/// Why a transfer failed, in plain words: the system's own where it knows, else libcurl's `detail`.
std::string reason(CURL* easy, CURLcode code, const char* detail) {
    long number = 0;
    curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &number);
    const std::string system =
        number == 0 ? "" : lower_first(std::generic_category().message(static_cast<int>(number)));
    const char* url = "";
    curl_easy_getinfo(easy, CURLINFO_EFFECTIVE_URL, &url);
    switch (code) {
        case CURLE_URL_MALFORMAT:
            return fmt::format("malformed URL '{}'", text::printable(url, 300));
        case CURLE_PARTIAL_FILE:
            return "the connection closed in the middle of the stream";
        case CURLE_GOT_NOTHING:
            return "the server closed the connection without an answer";
        case CURLE_COULDNT_CONNECT:
            return "cannot connect" + (system.empty() ? std::string() : ": " + system);
        case CURLE_OPERATION_TIMEDOUT:
            return "cannot connect: timed out";
        case CURLE_RECV_ERROR:
        case CURLE_SEND_ERROR:
            if (number == EPIPE || number == ECONNRESET) return "the connection was reset";
            if (!system.empty()) return system;
            break;
        default:
            break;
    }
    return lower_first(text::printable(*detail != '\0' ? detail : curl_easy_strerror(code), 300));
}

std::string_view without_end_spaces(std::string_view text) {
    return text.substr(0, text.find_last_not_of(" \r\n\t") + 1);
}

}  // namespace

struct Transfer::State {
    explicit State(BodySink& body_sink) : sink(body_sink) {}
    ~State() {
        if (multi && easy) curl_multi_remove_handle(multi.get(), easy.get());
    }

    BodySink& sink;
    StringList headers;
    StringList resolve;
    Easy easy;
    Multi multi;
    std::array<char, CURL_ERROR_SIZE> error_text{};
    Head head;
    bool begun = false;  // a 2xx head is whole
    bool started = false;
    std::unique_ptr<Inflater> inflater;
    std::string refusal;
    std::uint64_t received = 0;
    std::exception_ptr thrown;
    std::optional<Outcome> outcome;

    void begin();
    void take_body(std::string_view bytes);
    void finish(CURLcode code);
    Outcome judge(CURLcode code);

    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
};

std::size_t Transfer::State::on_header(char* data, std::size_t size, std::size_t count, void* self) {
    auto& state = *static_cast<State*>(self);
    const std::string_view line(data, size * count);
    try {
        state.head.take(line);
        if (line == "\r\n" || line == "\n") state.begin();
    } catch (...) {  // no exception may cross libcurl's frames
        state.thrown = std::current_exception();
        return 0;
    }
    return size * count;
}

std::size_t Transfer::State::on_body(char* data, std::size_t size, std::size_t count, void* self) {
    auto& state = *static_cast<State*>(self);
    try {
        state.take_body({data, size * count});
    } catch (...) {
        state.thrown = std::current_exception();
        return CURL_WRITEFUNC_ERROR;
    }
    return size * count;
}

/// A head has ended: of an interim response, a redirect, a refusal, or of the stream. So does a chunked body's trailer.
void Transfer::State::begin() {
    if (begun || head.status < 200 || head.status > 299) return;
    begun = true;
    const bool gzip = head.content_encoding == "gzip" || head.content_encoding == "x-gzip";
    if (gzip) inflater = std::make_unique<Inflater>([this](std::string_view piece) { sink.body(piece); });
    if (!gzip && !head.content_encoding.empty() && head.content_encoding != "identity") {
        throw Error(Fault::unavailable,
                    "the server answered in an encoding nobody asked for: " + text::printable(head.content_encoding));
    }
    sink.begin(head);
}

void Transfer::State::take_body(std::string_view bytes) {
    received += bytes.size();
    if (!begun) {
        refusal += bytes.substr(0, kept_refusal - std::min(kept_refusal, refusal.size()));
    } else if (inflater) {
        inflater->feed(bytes);
    } else {
        sink.body(bytes);
    }
}

Outcome Transfer::State::judge(CURLcode code) {
    // After a head, what is wrong with a URL is wrong with where a redirect leads.
    const bool astray =
        code == CURLE_TOO_MANY_REDIRECTS || code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL;
    const bool answered = code == CURLE_OK || astray || !refusal.empty();
    if (head.status != 0 && !begun && answered) {
        return {Outcome::Cause::refused, text::printable(without_end_spaces(refusal), 200), false};
    }
    long connections = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_NUM_CONNECTS, &connections);
    if (code == CURLE_UNSUPPORTED_PROTOCOL && connections > 0) {
        return {Outcome::Cause::network, "the answer is not HTTP", false};
    }
    if (code != CURLE_OK) {
        return {cause_of(code), reason(easy.get(), code, error_text.data()), false};
    }
    if (inflater && !inflater->complete()) {
        return {Outcome::Cause::broken_body, "the gzip data end in the middle", false};
    }
    curl_off_t length = -1;
    curl_easy_getinfo(easy.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    return {Outcome::Cause::complete, "the server ended the stream", length >= 0 || head.chunked};
}

void Transfer::State::finish(CURLcode code) {
    if (thrown == nullptr) {
        outcome = judge(code);
        return;
    }
    try {
        std::rethrow_exception(std::exchange(thrown, nullptr));
    } catch (const CorruptGzip& error) {  // a fault of the connection; all else is the sink's own and goes up
        outcome = Outcome{Outcome::Cause::broken_body, error.text(), false};
    }
}

Transfer::Transfer(const Request& request, const std::optional<OAuth1Moment>& moment, BodySink& sink)
    : state_(std::make_unique<State>(sink)) {
    state_->easy.reset(curl_easy_init());
    state_->multi.reset(curl_multi_init());
    if (!state_->easy || !state_->multi) throw Error(Fault::internal, "libcurl: cannot start");
    CURL* easy = state_->easy.get();
    set_up(easy, request, moment, state_->headers, state_->resolve);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, state_->error_text.data());
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &State::on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, state_.get());
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &State::on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, state_.get());
    curl_multi_add_handle(state_->multi.get(), easy);
}

Transfer::~Transfer() = default;

void Transfer::wait(Duration time, std::span<const int> wake) {
    std::vector<curl_waitfd> watched;
    for (const int fd : wake)
        watched.push_back({fd, CURL_WAIT_POLLIN, 0});
    int running = 0;
    CURLM* multi = state_->multi.get();
    CURLMcode code = CURLM_OK;
    if (state_->started) {
        const auto whole = std::chrono::ceil<std::chrono::milliseconds>(time).count();
        const int most = static_cast<int>(std::clamp<std::int64_t>(whole, 0, 60'000));
        code = curl_multi_poll(multi, watched.data(), static_cast<unsigned>(watched.size()), most, nullptr);
    }
    state_->started = true;
    if (code == CURLM_OK) code = curl_multi_perform(multi, &running);
    if (code != CURLM_OK) throw Error(Fault::internal, std::string("libcurl: ") + curl_multi_strerror(code));
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
        if (message->msg == CURLMSG_DONE) state_->finish(message->data.result);
    }
}

const std::optional<Outcome>& Transfer::outcome() const {
    return state_->outcome;
}

const Head& Transfer::head() const {
    return state_->head;
}

std::uint64_t Transfer::bytes_received() const {
    return state_->received;
}

Library::Library() {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw Error(Fault::internal, "libcurl: cannot start");
}

Library::~Library() {
    curl_global_cleanup();
}

std::vector<std::string> Library::versions() {
    const curl_version_info_data* info = curl_version_info(CURLVERSION_NOW);
    std::vector<std::string> list{fmt::format("libcurl {}", info->version)};
    if (info->ssl_version != nullptr) {
        std::string tls = info->ssl_version;
        std::replace(tls.begin(), tls.end(), '/', ' ');
        list.push_back(tls);
    }
    if (info->libz_version != nullptr) list.push_back(fmt::format("zlib {}", info->libz_version));
    list.push_back(fmt::format("ISA-L {}.{}.{}", ISAL_MAJOR_VERSION, ISAL_MINOR_VERSION, ISAL_PATCH_VERSION));
    return list;
}

}  // namespace bradawl::http
