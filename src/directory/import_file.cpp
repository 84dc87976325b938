#include "directory/import_file.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view upload_purpose = "import upload";
constexpr std::size_t chunk_size = 256 * 1024;  // bytes
constexpr std::size_t chunks_in_a_transaction = 4;

std::string upload_context(const PoolId& pool, std::string_view job) {
    return pool.str() + "|" + std::string(job);
}

ImportJob get_open_job(db::Transaction& tx, const PoolId& pool, std::string_view id) {
    ImportJob job = ImportJobs(tx).get(pool, id);
    if (job.status != UserImportJobStatusType::Created)
        throw Error(Errc::precondition_not_met, "Import job status is not Created.");
    return job;
}

}  // namespace

std::string seal_upload_token(const crypto::Sealer& sealer, const PoolId& pool, std::string_view job, Instant expires) {
    return sealer.seal_text(upload_purpose, upload_context(pool, job), std::to_string(to_ms(expires)));
}

bool proves_upload(const crypto::Sealer& sealer, const PoolId& pool, std::string_view job, std::string_view token,
                   Instant now) {
    const auto plain = sealer.open_text(upload_purpose, upload_context(pool, job), token);
    if (!plain) return false;
    std::int64_t expires = 0;
    const auto read = std::from_chars(plain->data(), plain->data() + plain->size(), expires);
    return read.ec == std::errc{} && now < from_ms(expires);
}

UploadedFile in_memory(std::string content) {
    const auto size = content.size();
    return {size, [content = std::move(content)](std::size_t from, std::span<char> out) {
                std::copy_n(content.begin() + static_cast<std::ptrdiff_t>(from), out.size(), out.begin());
            }};
}

Task<void> store_import_file(db::Database& db, crypto::Random& random, PoolId pool, std::string job,
                             UploadedFile file) {
    if (file.size > max_import_file) throw Error(Errc::invalid_parameter, "The file is larger than 100 MB.");
    const std::string upload = random.uuid();
    std::vector<std::string> pieces;
    std::size_t at = 0;
    while (at < file.size) {
        const auto first = static_cast<std::int64_t>(at / chunk_size);
        pieces.clear();
        while (at < file.size && pieces.size() < chunks_in_a_transaction) {
            auto& piece = pieces.emplace_back(std::min(chunk_size, file.size - at), '\0');
            file.read(at, piece);
            at += piece.size();
        }
        const auto put_some = [&](db::Transaction& tx) {
            const ImportJob open = get_open_job(tx, pool, job);
            for (std::size_t i = 0; i < pieces.size(); ++i)
                ImportJobs(tx).put_chunk(open, upload, first + static_cast<std::int64_t>(i), bytes_of(pieces[i]));
        };
        co_await db.write(put_some);
    }
    const auto finish = [&](db::Transaction& tx) {
        const ImportJob open = get_open_job(tx, pool, job);
        if (!ImportJobs(tx).finish_upload(open, upload, static_cast<std::int64_t>(file.size)))
            throw Error(Errc::precondition_not_met, "Import job status is not Created.");
    };
    co_await db.write(finish);
}

std::string_view ImportLines::rest_of_chunk() {
    if (position_ >= job_.bytes) return {};
    const auto size = static_cast<std::int64_t>(chunk_size);
    if (const auto number = position_ / size; number != chunk_number_) {
        auto found = jobs_.find_chunk(job_, number);
        if (!found) throw Error(Errc::internal, {}, "import_chunks: a piece of a file is missing");
        chunk_ = std::move(*found);
        chunk_number_ = number;
    }
    const auto within = static_cast<std::size_t>(position_ % size);
    if (within >= chunk_.size()) throw Error(Errc::internal, {}, "import_chunks: a piece of a file is too short");
    return text_of(chunk_).substr(within);
}

std::size_t ImportLines::read(std::span<char> out) {
    const auto rest = rest_of_chunk();
    if (rest.empty()) return 0;
    if (at_begin_) begins_.push_back(position_);
    auto piece = rest.substr(0, out.size());
    const auto end = piece.find('\n');
    at_begin_ = end != std::string_view::npos;
    if (at_begin_) piece = piece.substr(0, end + 1);
    std::copy(piece.begin(), piece.end(), out.begin());
    position_ += static_cast<std::int64_t>(piece.size());
    return piece.size();
}

}  // namespace symbolon::directory
