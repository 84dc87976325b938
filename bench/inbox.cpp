#include "inbox.hpp"

#include <boost/json/parse.hpp>

#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace symbolon::bench {

void Inbox::read_more() {
    std::ifstream file(path_);
    file.seekg(static_cast<std::streamoff>(read_));
    for (std::string line; std::getline(file, line) && !file.eof();) {
        read_ += line.size() + 1;
        const auto message = boost::json::parse(line);
        codes_[std::string(message.at("to").as_string())].emplace_back(message.at("code").as_string());
    }
}

std::optional<std::string> Inbox::take_code(const std::string& phone_number) {
    auto& codes = codes_[phone_number];
    if (codes.empty()) read_more();
    if (codes.empty()) return std::nullopt;
    auto code = std::move(codes.front());
    codes.pop_front();
    return code;
}

std::string Inbox::wait_for_code(const std::string& phone_number) {
    for (int i = 0; i < 5000; ++i) {
        if (auto code = take_code(phone_number)) return *code;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    throw std::runtime_error("No text came to " + phone_number);
}

void Inbox::forget() {
    read_more();
    codes_.clear();
}

}  // namespace symbolon::bench
