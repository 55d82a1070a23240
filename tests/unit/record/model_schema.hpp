#pragma once

#include <functional>
#include <memory>

#include "record/model_text.hpp"

namespace bradawl::record::model {

/// Part of a value that expressions can ask for: `.a`, `[1].b`, or with no suffix the value itself.
struct Inside {
    std::string suffix;
    bool is_text = false;
    std::function<const Value&(const Value&)> look;
};

/// A type: its text, and how a value of it is made. `make` gives what expressions see of the value.
struct Form {
    std::string text;
    std::function<Value(Sight&, Made&)> make;
    std::vector<Inside> inside{};
    std::string counted_by{};  ///< the name that stands alone in its brackets
    bool countable = false;    ///< encoding finds its count without that name
    bool may_be_null = false;
    bool nothing_is_null = false;  ///< encoding takes it as null when it is absent
};

/// An expression over integers. `level`: of C's precedence; an operand that binds less is put in brackets.
struct Sum {
    std::string text;
    std::function<std::int64_t(const Sight&)> value;
    int level = 10;
};

/// Where a type stands.
struct Room {
    int depth = 0;
    bool in_region = false;
    bool last = false;  ///< in its region, so that it may take all the rest

    Room inner(bool region) const { return {depth + 1, region || in_region, region}; }
};

/// A schema. A section's form makes a record; with `shown` false there is nothing in it to show.
struct Plan {
    struct Section {
        Form form;
        bool shown = true;
    };
    std::string text;
    std::vector<Section> sections;
};

/// Makes random schemas of every construct, and their values.
class Maker {
public:
    Maker(std::uint64_t seed, const java::Spelling& spelling) : random_(seed), texts_(random_), spelling_(spelling) {}

    Plan plan();

    /// Header, some records and trailer of the plan: lines of JSON in both spellings, and bytes. Errors: Unfit.
    Made values(const Plan& plan);

    std::size_t below(std::size_t n) { return texts_.below(n); }

private:
    struct Field {
        std::string name;
        Form form;
        bool hidden = false;
        bool constant = false;
        bool integer = false;
        Sum condition{};
    };

    // Types (model_types.cpp).
    Form type(Room room);
    Form integer(const Integer& type, bool small);
    Form scalar();
    Form boolean();
    Form real(bool wide);
    Form variable();
    Form text();
    Form none();
    Form maybe(Room room);
    Form bits();
    Form choice(Room room);
    Form call();
    void define();
    Plan::Section section(Room room, bool fixed);

    // Records (model_records.cpp).
    Form record(Room room);
    Form record_of(std::vector<Field> fields, bool shown = true);
    Field field(Room room, std::vector<std::string>& taken);
    Field constant();
    Field fixed_field(std::vector<std::string>& taken);
    void see(const std::string& name, const std::vector<Inside>& inside, bool small);
    Value make_record(const std::vector<Field>& fields, Sight& sight, Made& made);
    bool counts_itself(const std::vector<Field>& fields, const std::vector<bool>& there, std::size_t at);
    std::string object(std::vector<std::string> members);

    // Arrays and regions (model_arrays.cpp).
    struct Front {
        std::string name;
        std::function<void(std::string&, std::uint64_t)> put;
    };
    Form array(Room room);
    Form rest(Room room);
    Form until(Room room);
    Form slots(Room room);
    Form region(Room room);
    Form filled(Room room);
    Form bare_fill();
    Made fill(int kind, std::size_t n);
    Front front();
    void elements(const Form& element, std::int64_t n, Sight& sight, Made& made, Value& array);

    // Expressions (model_expressions.cpp).
    Sum sum(int depth);
    Sum count();
    Sum operation(int depth);
    Sum constant_sum();
    Sum bracketed(Sum inner, int level);

    void put_number(Made& made, std::int64_t value, bool is_unsigned, bool wide);
    std::uint64_t some_bits();
    std::string blank();

    /// A name in sight, or part of its value.
    struct Name {
        std::string path;
        bool is_text;
        bool small;  ///< made to count with
        std::function<const Value&(const Sight&)> look;
    };
    const Name* some_name(bool is_text, bool small);

    struct Definition {
        std::string name;
        std::vector<std::string> parameters;
        Form form;
    };

    Random random_;
    Texts texts_;
    java::Spelling spelling_;
    std::vector<Name> names_;
    std::vector<Definition> definitions_;
    std::string definitions_text_;
    int open_calls_ = 0;
    static constexpr int most_calls = 12;
};

}  // namespace bradawl::record::model
