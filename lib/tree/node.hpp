#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace bradawl::tree {

/// A value in a document of settings, whatever language it is written in.
struct Node {
    enum class Kind { scalar, list, map };
    struct Member;

    Kind kind = Kind::scalar;
    std::string text;             ///< of a scalar, as it would stand on a command line
    std::string tag;              ///< of YAML, such as `!obj:pylearn2.models.mlp.MLP`
    std::size_t line = 0;         ///< from 1; of a member's value: the line of its key
    std::vector<Node> items;      ///< of a list
    std::vector<Member> members;  ///< of a map, in their order
};

struct Node::Member {
    std::string key;
    Node value;
};

}  // namespace bradawl::tree
