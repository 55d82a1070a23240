#include "cli/narration.hpp"

namespace bradawl::cli {

learn::Voices voices(World& world, io::Output* records) {
    learn::Voices voices;
    if (records != nullptr)
        voices.record = [records](const std::string& line) {
            records->write(line);
            records->flush();
        };
    voices.warn = [&world](const std::string& event, const std::string& text, const std::string& hint) {
        world.log.line(Level::warn, event, text);
        if (!hint.empty() && world.log.shows(Level::warn)) world.log.hint(hint);
    };
    voices.due = [&world] { return world.progress.due(); };
    voices.show = [&world](const std::string& text) { world.progress.show(text); };
    return voices;
}

Ending judge(World& world, const std::vector<std::string>& requirements, const text::Condition::Figures& figures,
             const char* names) {
    Ending ending(0);
    for (const std::string& wanted : requirements) {
        if (text::Condition("--require", wanted, "valid_acc>=.8").holds(figures, names)) continue;
        world.log.line(Level::error, "require", "not so: " + wanted);
        ending = Fault::some_failed;
    }
    return ending;
}

}  // namespace bradawl::cli
