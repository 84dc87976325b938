#pragma once

#include "net/server.hpp"

#include <filesystem>
#include <string>

/// Self-signed certificates made for a test, in a folder that ends with it.
class CertificateFiles {
public:
    CertificateFiles();
    ~CertificateFiles();
    CertificateFiles(const CertificateFiles&) = delete;
    CertificateFiles& operator=(const CertificateFiles&) = delete;

    /// A certificate for `dns_name` in files called `name`; overwrites those of that name. It is its own root.
    symbolon::net::TlsFiles make(const std::string& name, const std::string& dns_name);
    /// Writes a file and gives it a time of change that differs from the one before.
    void write(const std::string& path, const std::string& text);

private:
    std::filesystem::path folder_;
    std::filesystem::file_time_type changed_ = std::filesystem::file_time_type::clock::now();
};
