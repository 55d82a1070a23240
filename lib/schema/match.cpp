#include <algorithm>

#include "schema/schema.hpp"

namespace bradawl::schema {

namespace {

bool matches(const Constant& constant, const Value& subject) {
    if (constant.kind == Constant::Kind::text)
        return subject.kind == Value::Kind::text && constant.text == subject.text;
    if (constant.kind == Constant::Kind::real) return false;
    return subject.kind == Value::Kind::integer && constant.integer == subject.integer;
}

}  // namespace

const Type* matching_arm(const Type& choice, const Value& subject) {
    for (const Arm& arm : choice.arms) {
        const bool fits = arm.cases.empty() || std::any_of(arm.cases.begin(), arm.cases.end(),
                                                           [&](const Constant& one) { return matches(one, subject); });
        if (fits) return arm.type;
    }
    return nullptr;
}

}  // namespace bradawl::schema
