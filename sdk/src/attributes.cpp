#include "symbolon/skill/attributes.hpp"

#include <utility>

namespace symbolon::skill {

PersistentAttributes::PersistentAttributes(std::shared_ptr<Persistence> store, std::string key)
    : store_(std::move(store)), key_(std::move(key)) {}

json::object& PersistentAttributes::get() {
    if (!loaded_) loaded_ = store_->load(key_);
    return loaded_->attributes;
}

void PersistentAttributes::save() {
    if (!loaded_) return;
    loaded_->version = store_->save(key_, *loaded_);
}

void PersistentAttributes::remove() {
    store_->remove(key_);
    loaded_ = StoredAttributes{};
}

}  // namespace symbolon::skill
