#include "symbolon/skill/persistence.hpp"

#include <map>
#include <mutex>

namespace symbolon::skill {
namespace {

class MemoryPersistence final : public Persistence {
public:
    StoredAttributes load(const std::string& key) override {
        const std::lock_guard lock(mutex_);
        const auto found = stored_.find(key);
        return found == stored_.end() ? StoredAttributes{} : found->second;
    }

    std::int64_t save(const std::string& key, const StoredAttributes& attributes) override {
        const std::lock_guard lock(mutex_);
        auto& stored = stored_[key];
        if (stored.version != attributes.version) throw AttributesConflict("the attributes were saved meanwhile");
        stored = {attributes.attributes, attributes.version + 1};
        return stored.version;
    }

    void remove(const std::string& key) override {
        const std::lock_guard lock(mutex_);
        stored_.erase(key);
    }

private:
    std::mutex mutex_;
    std::map<std::string, StoredAttributes> stored_;
};

}  // namespace

std::shared_ptr<Persistence> memory_persistence() {
    return std::make_shared<MemoryPersistence>();
}

}  // namespace symbolon::skill
