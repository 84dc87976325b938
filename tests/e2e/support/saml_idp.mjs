// An independent SAML identity provider (npm: samlify): it reads our metadata and requests, and signs responses.
import saml from 'samlify';

// A key pair for tests alone, and its certificate: DER in Base64.
const key = 'MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQCw/n3aVoT2acyKAM9GieaYsiavoNsuoWmdVM6BMmACx8A693tp5qqJ9wMRIZrJ2oPjeMSkVQ+ukj6GmACSWPyBjZHyNWn5b2Rx+ArJi0XSu6v5umwEzwUXw61Rmack3qk8PQqJ8tWrMIv+TrAMvIiOWfZeE3bVxjXBeF0B5+Yq0jmRvuRs0oFOaYod6fcTTjNuvXmD6GLt/+Yped817rIPfptNRGQMwgYBI5nlWMGvgdMPDTuGhiMCODPpQvzoJF170KssJe2MsdnCpYnNenMxI0MbiMaPgySkYw72g6SmSvE+ERDX/I45D3GcAyXsu+TNGfXThRk/YGqrr8CesQFvAgMBAAECggEAOzsvit3haUVGufhDZWvIy9jysVu3fgdufMRgx0PAda27WwBvQKV89ObBE/6W+m4yLPHBfO0qblVqr0g3CMLW3dQuv0u4x0zL5IgJtCDzoO5FQzFr7MALCETnv6MYGHKbWBllaXzmnH+GmfhjWh/N4zWgCSOiZTAL1U8ecQDWOgXJBH+8Ns66ByaeKCPPo2DR5E8lPRufYjyL+tjpf7s9jieWbY5aeLHMLiZTRsMQT5+d4ltP8nYkj9sHtkmvTY1U3NMcnSZxAKKA47UWR73Pg3d+4XG17adu5h4tI4B/hcC2oVjJhYc88q9eBS7P0LZBrlQ5drocl/sOyEEPO9Uh4QKBgQDtY9ZSjSK8E7GNGkqcQWamEll8Pp7hme/eUlBnJCLQnzRcmwWE0uwxCh3kvg36lKEDQoA++Tq40l7l6pZY4FnhfL7KJ0nK5hZSbcEwT5SzGtMYe9/BDidWeDBDjt3SSwhkUAOJi0N0mecHg2UKIB9mTh2TS5YBXNLN436jmXZSMwKBgQC+3pLiwekwaDvTMdKHgvJekIfsIe7T8pM/7AWbc+3+7ib8wci/HU4ASyy5P97LjkvOm9bemmPYTgPkClScqZBH3YwAq+1KxKKDqfv/gsx/95pUQo3PBphm+Fw3kMMnfgqEsD4NaZGGYuykr3ZpH4IWIzfevO6Ke+Lt1+2bHnvv1QKBgAIoqkZN6kbzluXFm3AYWCqieBXdK+y5Takj7n9BoN9s0zkUX9R5ZpR7lxIBeHcS6vPwouHvukz7/MjyfTOJtseKLuH/wXgK56EQRnV+A8gtMkZCuiIzUsBCj43Nus6yx/zBjYausYpZ6/PxifWxnRd9Fl/EjDSu92vP6dLrDlxpAoGAdb6+ZE51ORyEE2P/2QLp23ZTs1K3j15sghlq2BwrLIHj4Tb2TReZ38qAO4NwQKh2kW1HnyklAPIXqlzJF5/u1raQQHXPO7mT+58oStZ4q1SmiuZHrvgFmjgKQ2j1Su6RNIu4q/N9B6cNDwcDCBSc3mU5eRmaGioUst7qwC+NC0UCgYAELdU747hKdDjiuUABK2+D6y0pRwlty9vhru4qwp4mHM/jNLLn+R9bedngsmIeaSokWtS1lscz4b9A3MInik7BdpxCyGi5/3lmXtWQQbi9Ayutv1PulKDvaOf2X3l7N3QW8ueKROfhz+PHFel/BJQfHzMRW8fhySq+ik23Bbox9A==';
const certificate = 'MIIDBTCCAe2gAwIBAgIUA0kYq/PPhSbmUfPzWfNyFZFvMvAwDQYJKoZIhvcNAQELBQAwETEPMA0GA1UEAwwGdGVzdC0wMCAXDTI2MTEyODIwMTcwNVoYDzIxMjYxMTA0MjAxNzA1WjARMQ8wDQYDVQQDDAZ0ZXN0LTAwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQCw/n3aVoT2acyKAM9GieaYsiavoNsuoWmdVM6BMmACx8A693tp5qqJ9wMRIZrJ2oPjeMSkVQ+ukj6GmACSWPyBjZHyNWn5b2Rx+ArJi0XSu6v5umwEzwUXw61Rmack3qk8PQqJ8tWrMIv+TrAMvIiOWfZeE3bVxjXBeF0B5+Yq0jmRvuRs0oFOaYod6fcTTjNuvXmD6GLt/+Yped817rIPfptNRGQMwgYBI5nlWMGvgdMPDTuGhiMCODPpQvzoJF170KssJe2MsdnCpYnNenMxI0MbiMaPgySkYw72g6SmSvE+ERDX/I45D3GcAyXsu+TNGfXThRk/YGqrr8CesQFvAgMBAAGjUzBRMB0GA1UdDgQWBBTCApV/IsMN83wmc1RgR0ZU2zY5yTAfBgNVHSMEGDAWgBTCApV/IsMN83wmc1RgR0ZU2zY5yTAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4IBAQCs1mduTf7+2EcHBsPdKfrDz722vq6/IrxnSXa3kr5wId7KIJ/bX3C7s3TGm3rsufbxlEPm41/L5WeQSpPODsUBXGrbFSu8FmSq0RCvbLFb3NFKXdEV8r4mXXTBY9FF0iqLbbupWW+sSZFq6KWisAn+N6xG0L7VZBblbqpbpssoL/0NmlvWWJ4Xy7yCk1yfWs6vQH2GWxDQpWY/ql2gQkHhe9FELPKpp69Vg9A1ZG7fIVeKPXn8vP/kL8kAt9g6p7n8KBgF55SjjOUF1iAULdkescH6eYk5hdQh5hhLweu1WQ5UKM2bMS8itiIjoKniPoZCOKXw8nvhQCwQZckwN9RQ';
const entityId = 'https://saml.example/idp';

const pem = (name, base64) => `-----BEGIN ${name}-----\n${base64.match(/.{1,64}/g).join('\n')}\n-----END ${name}-----\n`;

saml.setSchemaValidator({ validate: () => Promise.resolve('not looked at: the test reads what matters') });

const template = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{ID}" Version="2.0" IssueInstant="{IssueInstant}" Destination="{Destination}" InResponseTo="{InResponseTo}"><saml:Issuer>{Issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="{StatusCode}"/></samlp:Status><saml:Assertion xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema" ID="{AssertionID}" Version="2.0" IssueInstant="{IssueInstant}"><saml:Issuer>{Issuer}</saml:Issuer><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{NameID}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="{NotOnOrAfter}" Recipient="{Destination}" InResponseTo="{InResponseTo}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{IssueInstant}" NotOnOrAfter="{NotOnOrAfter}"><saml:AudienceRestriction><saml:Audience>{Audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{IssueInstant}" SessionIndex="s1"/><saml:AttributeStatement><saml:Attribute Name="mail"><saml:AttributeValue xsi:type="xs:string">{Mail}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion></samlp:Response>`;

/** The provider, and its metadata as an administrator is given it. */
export function makeSamlProvider({ encrypts = false, signsOut = false } = {}) {
  const provider = saml.IdentityProvider({
    entityID: entityId,
    privateKey: pem('PRIVATE KEY', key),
    signingCert: certificate,
    isAssertionEncrypted: encrypts,
    dataEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc',
    keyEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
    singleSignOnService: [{ Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', Location: 'https://saml.example/sso' }],
    ...(signsOut && {
      singleLogoutService: [{ Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', Location: 'https://saml.example/slo' }],
      wantLogoutRequestSigned: true,
      wantLogoutResponseSigned: true,
    }),
    loginResponseTemplate: { context: template, attributes: [] },
  });
  return { provider, metadata: provider.getMetadata() };
}

/** What the provider posts for somebody who was sent to it with `url`; `spMetadata` is ours. */
export async function answerRequest({ provider }, url, spMetadata, { nameId, mail }) {
  const service = saml.ServiceProvider({ metadata: spMetadata });
  const query = Object.fromEntries(new URL(url).searchParams);
  const request = await provider.parseLoginRequest(service, 'redirect', { query });
  const now = new Date();
  const values = {
    ID: `_r${now.getTime()}`, AssertionID: `_a${now.getTime()}`, IssueInstant: now.toISOString(),
    NotOnOrAfter: new Date(now.getTime() + 300_000).toISOString(), Issuer: entityId,
    Destination: service.entityMeta.getAssertionConsumerService('post'), Audience: service.entityMeta.getEntityID(),
    InResponseTo: request.extract.request.id, StatusCode: 'urn:oasis:names:tc:SAML:2.0:status:Success',
    NameID: nameId, Mail: mail,
  };
  const fill = (text) => ({ id: values.ID, context: saml.SamlLib.replaceTagsByValue(text, values) });
  const { context } = await provider.createLoginResponse(service, request, 'post', {}, fill);
  return { SAMLResponse: context, RelayState: query.RelayState };
}

/** We, as the provider knows us from our metadata: our logout messages are signed, and so are those to us. */
const serviceThatSignsOut = (spMetadata) => saml.ServiceProvider({ metadata: spMetadata, wantLogoutRequestSigned: true, wantLogoutResponseSigned: true });

/** What a URL brings, in the shape that the library checks the signature in. */
function redirected(url) {
  const { search, searchParams } = new URL(url);
  return { query: Object.fromEntries(searchParams), octetString: search.slice(1, search.indexOf('&Signature=')) };
}

/** What the provider posts when somebody was sent to it with `url` to be signed out; whom and of what it was asked. */
export async function answerLogout({ provider }, url, spMetadata) {
  const service = serviceThatSignsOut(spMetadata);
  const { query, octetString } = redirected(url);
  const request = await provider.parseLogoutRequest(service, 'redirect', { query, octetString });
  const { context } = provider.createLogoutResponse(service, request, 'post', query.RelayState);
  return { asked: request.extract, form: { SAMLResponse: context, RelayState: query.RelayState } };
}

/** The provider signs somebody out: the form that it posts, or the URL that it sends the browser to. */
export function askLogout({ provider }, spMetadata, binding, { nameId, sessionIndex }) {
  const service = serviceThatSignsOut(spMetadata);
  const { id, context } = provider.createLogoutRequest(service, binding, { logoutNameID: nameId, sessionIndex }, 'from the provider');
  return binding === 'post' ? { id, form: { SAMLRequest: context, RelayState: 'from the provider' } } : { id, url: context };
}

/** Our answer to that, which the provider finds signed. */
export async function readLogoutAnswer({ provider }, url, spMetadata) {
  const answer = await provider.parseLogoutResponse(serviceThatSignsOut(spMetadata), 'redirect', redirected(url));
  return answer.extract;
}
