// What a recipe says becomes settings, or is refused with its line and key.
#include "recipe/recipe.hpp"
#include "expect_error.hpp"
#include "learn/options.hpp"

namespace bradawl::recipe {
namespace {

std::string setting(const Recipe& recipe, const std::string& name) {
    const auto found = recipe.values.given.find(name);
    return found == recipe.values.given.end() ? "(none)" : found->second.text;
}

TEST(Recipes, AreSettingsAndLayers) {
    const Recipe recipe = read_recipe(
        "rows = \"p.csv\"\ntarget = \"class\"\nschedule_offset = 1\nfeatures = [\"a\", \"b,c\"]\n"
        "class_weight = {yes = 2, no = 1}\n[[layer]]\ntype = \"relu\"\ndim = 5\nl2 = 0.01\n[[layer]]\ntype = "
        "\"softmax\"\n",
        "net.toml", {});
    EXPECT_EQ(recipe.rows, "p.csv");
    EXPECT_EQ(recipe.rows_or("-"), "p.csv");
    EXPECT_EQ(recipe.output_or("-"), "-");
    EXPECT_EQ(setting(recipe, "target"), "class");
    EXPECT_EQ(setting(recipe, "schedule-offset"), "1");
    EXPECT_EQ(recipe.values.given.at("target").place, "net.toml:2: target");
    ASSERT_EQ(recipe.values.layers.size(), 2U);
    const learn::Options options = learn::resolve(recipe.values);
    EXPECT_EQ(options.features, (std::vector<std::string>{"a", "b,c"}));
    EXPECT_EQ(options.class_weights.at("yes"), 2);
    ASSERT_EQ(options.layers.size(), 1U);
    EXPECT_EQ(options.layers[0].units, 5U);
    EXPECT_EQ(options.layers[0].l2, 0.01);
    EXPECT_TRUE(options.output_given);
}

void expect_refused(const char* text, const std::string& what, const char* name = "net.toml") {
    SCOPED_TRACE(text);
    expect_error(Fault::config, what, [&] { learn::resolve(read_recipe(text, name, {}).values); });
}

TEST(Recipes, AreRefusedWithLineAndKey) {
    expect_refused("target = \"y\"\nhiden = 3\n", "net.toml:2: unknown key 'hiden'");
    expect_refused("layer = 3\n", "net.toml:1: layer: a list of layers is wanted ([[layer]] in TOML)");
    expect_refused("target = [[1]]\n", "net.toml:1: target: no text, number, list or table of these");
    expect_refused("{\"targt\": 1}", "net.json:1: unknown key 'targt'", "net.json");
}

TEST(Recipes, AreFilledIn) {
    const std::map<std::string, std::string> fillings{{"dim", "7"}, {"target", "y"}};
    const Recipe recipe = read_recipe("target: %(target)s\nhidden: %(dim)i\n", "net.yaml", fillings);
    EXPECT_EQ(setting(recipe, "hidden"), "7");
    EXPECT_EQ(setting(recipe, "target"), "y");
    expect_error(Fault::config, "net.yaml:2: nothing is given for %(dim)",
                 [&] { read_recipe("a: 1\nhidden: %(dim)i\n", "net.yaml", {}); });
    expect_error(Fault::config, "net.yaml: there is no %(dim) for --set",
                 [&] { read_recipe("target: %(target)s\n", "net.yaml", fillings); });
}

const std::string pylearn2_head =
    "!obj:pylearn2.train.Train {\n"
    " dataset: &train !obj:pylearn2.datasets.csv_dataset.CSVDataset { path: 'p.csv', start: 0, stop: 537 },\n"
    " model: !obj:pylearn2.models.mlp.MLP { nvis: 8, layers: [\n"
    "  !obj:pylearn2.models.mlp.Tanh { layer_name: 'h', dim: 4, irange: .05 },\n"
    "  !obj:pylearn2.models.mlp.Softmax { layer_name: 'y', n_classes: 2, irange: 0. } ] },\n";
const std::string pylearn2_algorithm =
    " algorithm: !obj:pylearn2.training_algorithms.sgd.SGD { batch_size: 10, learning_rate: .05,\n"
    "  termination_criterion: !obj:pylearn2.termination_criteria.EpochCounter { max_epochs: 40 } } }\n";

TEST(Pylearn2, TrainIsARecipe) {
    const Recipe recipe = read_recipe(pylearn2_head + pylearn2_algorithm, "net.yaml", {});
    const learn::Options options = learn::resolve(recipe.values);
    EXPECT_EQ(recipe.rows, "p.csv");
    EXPECT_EQ(options.batch, 10U);
    EXPECT_EQ(options.rate, 0.05);
    EXPECT_EQ(options.stop.epochs, 40U);
    EXPECT_EQ(options.trainer.rule, nn::Rule::sgd);
    ASSERT_EQ(options.layers.size(), 1U);
    EXPECT_EQ(options.layers[0].activation, nn::Activation::tanh);
    EXPECT_EQ(options.layers[0].units, 4U);
}

TEST(Pylearn2, NothingIsPassedOver) {
    const auto refused = [](std::string from, const std::string& to) {
        std::string text = pylearn2_head + pylearn2_algorithm;
        text.replace(text.find(from), from.size(), to);
        try {
            learn::resolve(read_recipe(text, "net.yaml", {}).values);
            ADD_FAILURE() << "taken: " << to;
            return std::string();
        } catch (const Error& error) {
            EXPECT_EQ(error.fault(), Fault::config) << error.text();
            return error.text();
        }
    };
    EXPECT_TRUE(refused("mlp.Tanh", "mlp.ConvElemwise").starts_with("net.yaml:4")) << "an unknown layer";
    EXPECT_TRUE(refused("dim: 4,", "dim: 4, kernel_shape: 3,").starts_with("net.yaml:4")) << "an unknown key";
    EXPECT_TRUE(refused("!obj:pylearn2.datasets.csv_dataset.CSVDataset", "!pkl:").starts_with("net.yaml:2"));
    EXPECT_TRUE(refused("sgd.SGD", "bgd.BGD").starts_with("net.yaml:6"));
    EXPECT_TRUE(refused("max_epochs", "max_epoch").starts_with("net.yaml:7"));
}

}  // namespace
}  // namespace bradawl::recipe
