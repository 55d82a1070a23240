#include <fmt/format.h>

#include "objects/parser.hpp"

namespace bradawl::objects {

namespace {

constexpr std::uint64_t most_pulls = 400;  // each takes some of the machine's stack

}  // namespace

/// The content that stands next, with all that is in it.
void Parser::next_content() {
    const std::size_t around = stack_.size();
    content();
    while (stack_.size() > around)
        step();
}

void Parser::pull(std::uint32_t index, OwnData& data) {
    if (++pulls_ > most_pulls)
        fail(source_.offset(), fmt::format("data with schemas in more than {} others", most_pulls));
    tell_->own_data(index, data);
    --pulls_;
}

/// Block data and contents as a schema tells of them.
void Parser::pull_from(Blocks& blocks, const schema::Schema& schema, std::uint32_t index) {
    const auto object = [&] {
        if (!blocks.between()) fail(blocks.source().offset(), "block data where the schema has an object");
        try {
            next_content();
        } catch (const java::Malformed& error) {
            throw StreamError{error.offset(), error.text()};
        }
        blocks.source().go_on();  // blocks may follow the object
    };
    OwnData data{schema, blocks.source(), object, limits_, strict_};
    try {
        pull(index, data);
    } catch (const StreamError& error) {
        fail(error.offset, error.text);
    } catch (const java::Malformed& error) {
        fail(blocks.stream_offset(error.offset()), error.text());
    }
}

/// An annotation that has a schema, in place of its contents.
void Parser::opened_annotation(std::uint32_t index) {
    Blocks blocks(source_);
    pull_from(blocks, *desc(index).own, index);
    if (!blocks.between())
        fail(blocks.stream_offset(blocks.source().offset()), "the class wrote more than its schema tells of");
    if (peek("end mark") != static_cast<std::uint8_t>(Tag::end_block))
        fail(source_.offset(), "the class wrote more than its schema tells of");
    source_.advance(1);
    tell_->end_class(index);
}

/// What an Externalizable wrote in protocol 1: bytes and contents without marks.
void Parser::pull_unmarked(std::uint32_t index) {
    OwnData data{*desc(index).own, source_, [this] { next_content(); }, limits_, strict_};
    pull(index, data);
    tell_->end_class(index);
}

bool Parser::next_record(const schema::Schema& schema) {
    if (rest_.bytes.empty() && rest_.of_block == 0) {
        if (!source_.ensure(1)) return false;
        const auto tag = static_cast<Tag>(*source_.at());
        if (tag == Tag::reset || tag == Tag::exception) return next();
    }
    const std::uint64_t start = source_.offset();
    begin_content();
    Blocks blocks(source_, rest_);
    pull_from(blocks, schema, ClassDesc::none);
    Blocks::Rest rest = blocks.rest();
    if (source_.offset() == start && rest.bytes.size() == rest_.bytes.size())
        fail(start, "a record took no bytes, so there is no end to them");
    rest_ = std::move(rest);
    form_.end_top();
    return true;
}

}  // namespace bradawl::objects
