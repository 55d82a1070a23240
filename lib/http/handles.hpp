#pragma once

#include <curl/curl.h>

#include <memory>

// libcurl's handles as types; only lib/http includes this.
namespace bradawl::http {

struct EasyCleanup {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct MultiCleanup {
    void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct ListFree {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

using Easy = std::unique_ptr<CURL, EasyCleanup>;
using Multi = std::unique_ptr<CURLM, MultiCleanup>;

/// A list of strings that libcurl keeps pointers to.
class StringList {
public:
    void add(const char* text) {
        curl_slist* longer = curl_slist_append(list_.get(), text);
        if (longer == nullptr) throw std::bad_alloc();
        static_cast<void>(list_.release());  // still the head, or grown from nothing
        list_.reset(longer);
    }
    curl_slist* get() const { return list_.get(); }

private:
    std::unique_ptr<curl_slist, ListFree> list_;
};

}  // namespace bradawl::http
