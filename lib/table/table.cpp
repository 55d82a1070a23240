#include "table/table.hpp"

#include <unordered_map>

namespace bradawl::table {

std::uint64_t hash_of(std::string_view bytes) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : bytes)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9U;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebU;
    return hash ^ (hash >> 31);
}

Table read_table(RowReader& rows, const std::vector<std::size_t>& chosen, const std::vector<bool>& categorical) {
    Table table;
    std::vector<Role> roles(rows.names().size(), Role::passed_over);
    for (std::size_t at = 0; at < chosen.size(); ++at) {
        Column column;
        column.name = rows.names()[chosen[at]];
        column.categorical = categorical[at];
        roles[chosen[at]] = categorical[at] ? Role::text : Role::number;
        table.columns.push_back(std::move(column));
    }
    rows.choose(std::move(roles));
    std::vector<std::unordered_map<std::string, std::uint32_t>> places(chosen.size());
    Row row;
    while (rows.next(row)) {
        for (std::size_t at = 0; at < chosen.size(); ++at) {
            Column& column = table.columns[at];
            if (!column.categorical) {
                column.numbers.push_back(row.numbers[chosen[at]]);
                continue;
            }
            const std::string& value = row.texts[chosen[at]];
            const auto [place, fresh] = places[at].try_emplace(value, static_cast<std::uint32_t>(column.values.size()));
            if (fresh) column.values.push_back(value);
            column.categories.push_back(place->second);
        }
        table.lines.push_back(row.line);
        table.hashes.push_back(hash_of(row.source));
    }
    return table;
}

}  // namespace bradawl::table
