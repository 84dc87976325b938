#pragma once

// As Debian's libraries were built (pkg-config --cflags xmlsec1-openssl). Defined here and not for the target: a
// compiled header is good for files with the same definitions only.
#define XMLSEC_NO_SIZE_T
#define XMLSEC_NO_CRYPTO_DYNAMIC_LOADING 1
#define XMLSEC_CRYPTO_OPENSSL 1

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <xmlsec/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlenc.h>
#include <xmlsec/xmlsec.h>
#include <xmlsec/xmltree.h>

/// The two XML libraries, included in one way. Private to this folder.
namespace symbolon::federation::saml {

/// Starts both libraries, once a process: no network, no external entities, no reports to standard error.
void start_libraries();

}  // namespace symbolon::federation::saml
