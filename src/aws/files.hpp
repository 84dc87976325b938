#pragma once

#include "aws/door.hpp"
#include "base/id.hpp"
#include "base/task.hpp"
#include "directory/import_jobs.hpp"
#include "net/http.hpp"

#include <cstddef>
#include <string>
#include <string_view>

/// The files that operations of the API name by URL: the picture of the hosted pages, and the CSV file of an import,
/// which is uploaded without a signature, as to a pre-signed URL of S3. Their addresses begin with /files/, which no
/// pool's domain can be called.
namespace symbolon::aws {

bool is_file_path(std::string_view path);

/// Where the picture of a look is. The hash is the picture's, so that what is behind an address never changes.
std::string picture_url(std::string_view base_url, const PoolId& pool, std::string_view client, std::string_view hash);

/// Where the file of a job is to be PUT, by whom knows this address, until import_upload_life is over.
std::string upload_url(const Context& context, const directory::ImportJob& job);

/// How many bytes the body of such a request may have: many for the file of a job with a token that proves the right to
/// upload it, none for everything else. Asked before the body is read.
std::size_t file_limit(const Context& context, const net::Request& head);

/// Answers GET and HEAD of pictures and PUT of files.
Task<net::Response> serve_file(Context& context, net::Request request);

}  // namespace symbolon::aws
