#pragma once

#include <string>
#include <utility>
#include <vector>

#include "http/request.hpp"

namespace CLI {
class App;
}

namespace bradawl::cli {

/// The options that describe an HTTP request, with curl's letters where curl has them.
class RequestOptions {
public:
    /// Declares the options and the operand URL on `app`. This object must live until request() is called.
    /// `prefix`: of the environment variables.
    void declare(CLI::App& app, const std::string& prefix);

    /// The request after parsing: files read, data encoded.
    /// Errors: Fault::usage for a URL that is none or holds a password, and for secrets in -H on the command line;
    /// Fault::config for a file of secrets that cannot be read or that others may read.
    http::Request request() const;

private:
    struct Data {
        bool encode;       ///< --data-urlencode
        std::string text;  ///< as given
    };

    std::string body() const;
    std::vector<std::string> headers() const;
    void add_data(http::Request& request) const;
    void add_credentials(http::Request& request) const;

    http::Request request_;
    std::vector<Data> data_;
    std::vector<std::string> headers_;
    std::string oauth1_file_;
    std::string netrc_file_;
    bool as_query_ = false;
    bool netrc_ = false;
    bool headers_on_command_line_ = false;
};

}  // namespace bradawl::cli
