#include "lock/file_store.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "expect_error.hpp"
#include "fake_store.hpp"
#include "lock/file_document.hpp"
#include "lock/version_folder.hpp"

namespace bradawl::lock {
namespace {

using std::chrono::seconds;

class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "lockXXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw Error(Fault::io, "mkdtemp");
        path_ = name;
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

std::size_t files_in(const std::string& folder) {
    const auto all = std::filesystem::directory_iterator(folder);
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

TEST(VersionFolder, TheNewestCountsAndOldOnesGo) {
    const Folder folder;
    const VersionFolder versions(folder.path() + "/x");
    EXPECT_EQ(versions.newest().number, 0u);
    EXPECT_EQ(versions.put(0, "one"), VersionFolder::Put::done);
    EXPECT_EQ(versions.put(1, "two"), VersionFolder::Put::done);
    EXPECT_EQ(versions.newest().number, 2u);
    EXPECT_EQ(versions.newest().text, "two");
    EXPECT_EQ(files_in(versions.path()), 1u);
}

TEST(VersionFolder, OneOfTwoThatFollowTheSameVersion) {
    const Folder folder;
    const VersionFolder versions(folder.path() + "/x");
    EXPECT_EQ(versions.put(0, "one"), VersionFolder::Put::done);
    EXPECT_EQ(versions.put(0, "other"), VersionFolder::Put::overtaken);
    EXPECT_EQ(versions.newest().text, "one");
}

TEST(VersionFolder, AStragglerWithANumberThatWasUsedAndRemovedDoesNotCount) {
    const Folder folder;
    const VersionFolder versions(folder.path() + "/x");
    for (std::uint64_t i = 0; i < 5; ++i)
        EXPECT_EQ(versions.put(i, std::to_string(i + 1)), VersionFolder::Put::done);
    EXPECT_EQ(versions.put(2, "late"), VersionFolder::Put::unknown);
    EXPECT_EQ(versions.newest().text, "5");
    EXPECT_EQ(versions.put(5, "6"), VersionFolder::Put::done);
    EXPECT_EQ(files_in(versions.path()), 1u);
}

TEST(FileDocument, ThereAndBack) {
    FileDocument document;
    document.name = "a \"b\"\n\xc3\xa9";
    document.token = 1'795'650'754'998;
    document.count = 3;
    document.boot = "boot";
    Place holder;
    holder.who = {"eve@web1", "web1", 4711, "nonce", 12, WallTime(std::chrono::milliseconds(5)), {}, {}};
    holder.renewed = 123'456'789'012'345;
    holder.lease = 30'000'000'000;
    document.places = {holder, holder};
    const FileDocument back = file_document(to_text(document), "here");
    EXPECT_EQ(back.name, document.name);
    EXPECT_EQ(back.token, document.token);
    EXPECT_EQ(back.count, 3u);
    EXPECT_EQ(back.boot, "boot");
    ASSERT_EQ(back.places.size(), 2u);
    EXPECT_EQ(back.places[1].who.nonce, "nonce");
    EXPECT_EQ(back.places[1].who.pid, 4711);
    EXPECT_EQ(back.places[1].who.acquired, holder.who.acquired);
    EXPECT_EQ(back.places[1].renewed, holder.renewed);
    EXPECT_EQ(back.places[1].lease, holder.lease);
}

TEST(FileDocument, WhatIsNoneSaysWhere) {
    EXPECT_EQ(file_document("", "here").token, 0u);
    expect_error(Fault::data, "here: byte 0: unknown word", [] { file_document("no", "here"); });
    expect_error(Fault::data, "here: byte 9: a number that is no count",
                 [] { file_document("{\"token\":-1}", "here"); });
    for (const std::string foreign : {"[]", "{}", "{\"token\":\"5\"}", "{\"token\":5,\"holders\":[{\"nonce\":1}]}"})
        expect_error(Fault::data, "here: this is no lock", [&] { file_document(foreign, "here"); });
    EXPECT_EQ(file_document("{\"more\":[1,{\"token\":5}],\"token\":2}", "here").token, 2u);
}

class FileStoreTest : public testing::Test {
protected:
    FileStoreTest() {
        options_.store = "file:" + folder_.path();
        store_ = file_store(options_, clock_, stop_);
    }

    Folder folder_;
    StoreOptions options_;
    FakeClock clock_;
    Stop stop_;
    std::unique_ptr<Store> store_;
};

TEST_F(FileStoreTest, OneHolderAtATimeAndGrowingTokens) {
    const auto first = store_->acquire(claim_of("a"));
    ASSERT_TRUE(first);
    EXPECT_EQ(*first, 1'700'000'000'000u);
    EXPECT_FALSE(store_->acquire(claim_of("b")));
    EXPECT_EQ(store_->acquire(claim_of("a")), first);  // a request sent again
    EXPECT_FALSE(store_->release("x", "b"));
    EXPECT_TRUE(store_->release("x", "a"));
    EXPECT_FALSE(store_->release("x", "a"));
    EXPECT_EQ(store_->acquire(claim_of("b")), *first + 1);
}

TEST_F(FileStoreTest, TokensGrowThroughAClockThatIsSetBackAndAFolderThatIsRemoved) {
    const auto first = store_->acquire(claim_of("a"));
    store_->release("x", "a");
    clock_.wall_ms_ -= 3'600'000;
    EXPECT_EQ(store_->acquire(claim_of("b")), *first + 1);
    clock_.wall_ms_ += 3'700'000;
    std::filesystem::remove_all(folder_.path() + "/x.lock");
    EXPECT_GT(store_->acquire(claim_of("c")), *first + 1);
}

TEST_F(FileStoreTest, ALeaseEndsUnlessItIsRenewed) {
    store_->acquire(claim_of("a"));
    clock_.now_ += seconds(9);
    EXPECT_TRUE(store_->renew("x", "a", std::nullopt));
    clock_.now_ += seconds(9);
    EXPECT_FALSE(store_->acquire(claim_of("b")));
    clock_.now_ += seconds(1);
    EXPECT_EQ(store_->look("x", false)->lapsed.size(), 1u);
    EXPECT_TRUE(store_->renew("x", "a", seconds(1)));  // nobody came
    clock_.now_ += seconds(1);
    EXPECT_TRUE(store_->acquire(claim_of("b")));
    EXPECT_FALSE(store_->renew("x", "a", std::nullopt));
    EXPECT_FALSE(store_->release("x", "a"));
}

TEST_F(FileStoreTest, LeasesEndWithTheBoot) {
    store_->acquire(claim_of("a"));
    const VersionFolder versions(folder_.path() + "/x.lock");
    const auto version = versions.newest();
    FileDocument document = file_document(version.text, "");
    document.boot = "another";
    versions.put(version.number, to_text(document));
    EXPECT_EQ(store_->look("x", false)->lapsed.size(), 1u);
    EXPECT_FALSE(store_->renew("x", "a", std::nullopt));
    EXPECT_TRUE(store_->acquire(claim_of("b")));
}

TEST_F(FileStoreTest, PlacesOfASemaphore) {
    Claim claim = claim_of("a");
    claim.count = 2;
    const auto first = store_->acquire(claim);
    claim.nonce = "b";
    const auto second = store_->acquire(claim);
    EXPECT_GT(second, first);
    claim.nonce = "c";
    EXPECT_FALSE(store_->acquire(claim));
    expect_error(Fault::config, "'x' is held as 2 places", [&] { store_->acquire(claim_of("d")); });
    claim.count = 3;
    expect_error(Fault::config, "'x' is held as 2 places", [&] { store_->acquire(claim); });
    EXPECT_TRUE(store_->release("x", "a"));
    EXPECT_FALSE(store_->look("x", false)->holders.empty());
    EXPECT_TRUE(store_->look("x", false)->free());
    EXPECT_TRUE(store_->release("x", std::nullopt));
    EXPECT_GT(store_->acquire(claim_of("d")), second);
}

TEST_F(FileStoreTest, ManyAtOnceExcludeEachOther) {
    std::atomic<int> inside{0};
    std::atomic<std::uint64_t> last_token{0};
    const auto work = [&](int number) {
        FakeClock clock;
        const auto store = file_store(options_, clock, stop_);
        for (int got = 0; got < 100;) {
            const Claim claim = claim_of(std::to_string(number) + "." + std::to_string(got));
            const auto token = store->acquire(claim);
            if (!token) continue;
            ++got;
            EXPECT_EQ(inside.fetch_add(1), 0);
            EXPECT_LT(last_token.exchange(*token), *token);
            inside.fetch_sub(1);
            EXPECT_TRUE(store->release("x", claim.nonce));
        }
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i)
        threads.emplace_back(work, i);
    for (std::thread& thread : threads)
        thread.join();
}

TEST_F(FileStoreTest, NamesOfAllKinds) {
    for (const std::string name : {"..", "a/b", "%41", "\xc3\xa9", " "}) {
        Claim claim = claim_of("a");
        claim.name = name;
        EXPECT_TRUE(store_->acquire(claim));
    }
    std::vector<std::string> names;
    store_->list("", [&](const State& state) { names.push_back(state.name); });
    EXPECT_EQ(names, (std::vector<std::string>{" ", "%41", "..", "a/b", "\xc3\xa9"}));
    Claim claim = claim_of("a");
    claim.name = std::string(251, 'a');
    EXPECT_THROW(store_->acquire(claim), Error);
}

TEST_F(FileStoreTest, ABrokenVersionSaysWhere) {
    store_->acquire(claim_of("a"));
    std::ofstream(folder_.path() + "/x.lock/00000000000000000002") << "{";
    expect_error(Fault::data, "'" + folder_.path() + "/x.lock': byte 1: text ends too early",
                 [&] { store_->acquire(claim_of("b")); });
    // A loss of power leaves an empty one.
    std::ofstream(folder_.path() + "/x.lock/00000000000000000003").flush();
    EXPECT_TRUE(store_->acquire(claim_of("b")));
}

TEST_F(FileStoreTest, AFolderThatCannotBeUsed) {
    options_.store = "file:" + folder_.path() + "/no/such";
    expect_error(Fault::io, "'" + folder_.path() + "/no/such': cannot make the folder: no such file or directory",
                 [&] { file_store(options_, clock_, stop_); });
    options_.store = "file:";
    expect_error(Fault::usage, "--store: 'file:' names no folder", [&] { file_store(options_, clock_, stop_); });
}

}  // namespace
}  // namespace bradawl::lock
