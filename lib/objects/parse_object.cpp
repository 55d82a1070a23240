#include <fmt/format.h>

#include "objects/parser.hpp"

namespace bradawl::objects {

void Parser::begin_object(const Task&) {
    const ClassDesc& its = desc(desc_);
    const std::uint64_t offset = source_.offset();
    if (its.has(enumeration)) fail(offset, "an object of an enum's class");
    if (++nested_ > limits_.depth && form_.nests())
        fail(offset, fmt::format("nested deeper than {} (--max-depth)", limits_.depth));
    ++objects_;
    const std::uint32_t handle = add({Known::object, 0, 0, desc_, 0});
    push({Do::class_data, 0, desc_, handle, its.has(externalizable) ? 1 : its.levels});
    tell_->begin_object(handle, desc_);
}

/// The hierarchy of a class, topmost first.
const std::vector<std::uint32_t>& Parser::chain(std::uint32_t index) {
    ClassDesc& its = desc(index);
    if (!its.chain.empty()) return its.chain;
    its.chain.resize(its.levels);
    for (std::uint32_t level = its.levels; level > 0; index = desc(index).super)
        its.chain[--level] = index;
    desc_memory_ += its.levels * sizeof(std::uint32_t);
    return its.chain;
}

/// The next class of an object's hierarchy, from the topmost one down.
void Parser::class_data(Task& task) {
    if (task.level == 0) {
        stack_.pop_back();
        --nested_;
        return tell_->end_object();
    }
    const std::vector<std::uint32_t>& classes = chain(task.desc);
    const std::uint32_t index = classes[classes.size() - task.level--];
    const ClassDesc& its = desc(index);
    if (its.has(externalizable)) return external(index);
    if (its.has(serializable)) own_data(index);
}

void Parser::external(std::uint32_t index) {
    const ClassDesc& its = desc(index);
    if (!its.has(block_data) && its.own == nullptr)
        fail(source_.offset(), "data of an Externalizable in protocol 1, whose end only its class knows (try --class)");
    tell_->begin_class(index);
    if (!its.has(block_data)) return pull_unmarked(index);
    if (its.own != nullptr && tell_->opens_blocks()) return opened_annotation(index);
    push({Do::annotation, 0, index});
    tell_->begin_annotation();
}

void Parser::own_data(std::uint32_t index) {
    const ClassDesc& its = desc(index);
    tell_->begin_class(index);
    if (!its.settled) entered_.push_back(index);
    if (its.has(write_method) && its.writing == Writing::no_fields) return end_of_fields(index);
    if (its.has(write_method) && its.writing == Writing::data_then_fields) {
        tell_->begin_annotation();
        for (auto tag = static_cast<Tag>(peek("block data")); tag == Tag::block || tag == Tag::long_block;
             tag = static_cast<Tag>(peek("content")))
            block(tag);
        tell_->end_annotation();
    }
    primitives(index);
    push({Do::fields, 0, index, 0, its.primitives});
}

void Parser::primitives(std::uint32_t index) {
    const ClassDesc& its = desc(index);
    if (its.bytes <= java::Source::longest_piece) {
        require(its.bytes, "fields");
        tell_->primitives(index, source_.at());
        return source_.advance(its.bytes);
    }
    // More than a buffer holds: 65,535 fields of 8 bytes at most.
    std::vector<std::uint8_t> bytes;
    while (bytes.size() < its.bytes) {
        if (!source_.ensure(1)) truncated("fields", its.bytes - bytes.size());
        const std::size_t some = std::min<std::size_t>(its.bytes - bytes.size(), source_.at_hand());
        bytes.insert(bytes.end(), source_.at(), source_.at() + some);
        source_.advance(some);
    }
    tell_->primitives(index, bytes.data());
}

void Parser::fields(Task& task) {
    const std::uint32_t index = task.desc;
    const ClassDesc& its = desc(index);
    if (task.level < its.fields.size()) {
        tell_->field(index, task.level++);
        return content();
    }
    stack_.pop_back();
    tell_->end_fields(index);
    if (!its.has(write_method)) return tell_->end_class(index);
    end_of_fields(index);
}

/// What writeObject adds to the fields follows.
void Parser::end_of_fields(std::uint32_t index) {
    if (desc(index).own != nullptr && tell_->opens_blocks()) return opened_annotation(index);
    push({Do::annotation, 0, index});
    tell_->begin_annotation();
}

}  // namespace bradawl::objects
