"""tools/from_cognito.py: what Cognito says of a pool becomes what Symbolon starts from."""
import json
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import from_cognito  # noqa: E402

POOL = {
    "Id": "us-east-1_Moved", "Name": "moved", "Arn": "arn:aws:x", "CreationDate": 1.5, "EstimatedNumberOfUsers": 3,
    "Policies": {"PasswordPolicy": {"MinimumLength": 9, "TemporaryPasswordValidityDays": 7}},
    "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True, "UnusedAccountValidityDays": 7},
    "LambdaConfig": {"PreSignUp": "arn:aws:lambda:x"}, "UsernameAttributes": ["email"], "Domain": "moved",
    "MfaConfiguration": "ON",
    "SchemaAttributes": [{"Name": "sub", "Required": True}, {"Name": "name", "Required": False},
                         {"Name": "email", "Required": True}, {"Name": "custom:plan", "AttributeDataType": "String"},
                         {"Name": "dev:custom:rank", "AttributeDataType": "Number", "DeveloperOnlyAttribute": True}],
}
CLIENT = {"UserPoolId": "us-east-1_Moved", "ClientId": "c1", "ClientSecret": "s1", "CreationDate": 1.5, "ClientType": "REGULAR"}


def user(name, status="CONFIRMED", **attributes):
    return {"Username": name, "UserStatus": status,
            "Attributes": [{"Name": key, "Value": value} for key, value in attributes.items()]}


class Moved(unittest.TestCase):
    def setUp(self):
        self.said = {"pool": dict(POOL), "mfa": {"MfaConfiguration": "ON"}, "clients": [CLIENT], "providers": [],
                     "resources": [], "groups": [{"GroupName": "g", "UserPoolId": "us-east-1_Moved"}], "users": []}

    def pool(self):
        return from_cognito.pool_file(self.said)["UserPools"][0]

    def rows(self, *users):
        self.said["users"] = list(users)
        return list(from_cognito.user_rows(self.said))

    def test_ids_and_secrets_stay(self):
        self.assertEqual(self.pool()["Id"], "us-east-1_Moved")
        self.assertEqual(self.pool()["Clients"], [{"ClientId": "c1", "ClientSecret": "s1"}])

    def test_only_what_a_pool_is_made_with(self):
        pool = self.pool()
        for name in ("Arn", "CreationDate", "EstimatedNumberOfUsers", "LambdaConfig", "MfaConfiguration", "SchemaAttributes"):
            self.assertNotIn(name, pool)
        self.assertEqual(pool["AdminCreateUserConfig"], {"AllowAdminCreateUserOnly": True})
        self.assertEqual(pool["Groups"], [{"GroupName": "g"}])
        self.assertNotIn("IdentityProviders", pool)
        self.assertEqual([one["Name"] for one in pool["Schema"]], ["email", "plan", "rank"])

    def test_texts_are_no_second_factor_where_there_is_none(self):
        texts = {"SmsMfaConfiguration": {"SmsConfiguration": {}}, "WebAuthnConfiguration": {"RelyingPartyId": "a.example"}}
        self.said["mfa"] = {"MfaConfiguration": "OFF", **texts}
        self.assertEqual(set(self.pool()["MfaConfig"]), {"MfaConfiguration", "WebAuthnConfiguration"})
        self.said["mfa"] = {"MfaConfiguration": "OPTIONAL", **texts}
        self.assertEqual(self.pool()["MfaConfig"], self.said["mfa"])

    def test_texts_are_no_variables(self):
        self.said["groups"][0]["Description"] = "${HOME}"
        self.assertIn('"$${HOME}"', from_cognito.bootstrap_text(self.said))

    def test_users_come_by_the_name_that_they_sign_in_with(self):
        header, row = self.rows(user("0f-sub", sub="0f-sub", email="a@x.example", email_verified="true",
                                     birthdate="1990-12-10"))
        self.assertEqual(header, ["cognito:username", "cognito:mfa_enabled", "birthdate", "email", "email_verified"])
        self.assertEqual(row, ["a@x.example", "TRUE", "1990-12-10", "a@x.example", "true"])

    def test_values_stay_as_they_are(self):
        header, row = self.rows(user("u", email="a@x.example", birthdate="12/10/1990", **{"custom:plan": "true"}))
        self.assertEqual(dict(zip(header, row))["custom:plan"], "true")

    def test_who_is_disabled_does_not_come_back(self):
        self.assertEqual(len(self.rows({**user("u", email="a@x.example"), "Enabled": False})), 1)

    def test_a_file_that_others_could_read_becomes_private(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "users.csv"
            path.write_text("old")
            path.chmod(0o644)
            from_cognito.write_private(path, lambda file: file.write("new"))
            self.assertEqual((path.read_text(), path.stat().st_mode & 0o777), ("new", 0o600))

    def test_people_of_providers_come_by_themselves(self):
        self.assertEqual(len(self.rows(user("Google_1", "EXTERNAL_PROVIDER", email="b@x.example"))), 1)

    def test_asks_for_each_client_and_provider(self):
        answers = {"describe-user-pool": {"UserPool": POOL}, "get-user-pool-mfa-config": {},
                   "list-user-pool-clients": {"UserPoolClients": [{"ClientId": "c1"}]},
                   "describe-user-pool-client": {"UserPoolClient": CLIENT},
                   "list-identity-providers": {"Providers": [{"ProviderName": "Corp"}]},
                   "describe-identity-provider": {"IdentityProvider": {"ProviderName": "Corp"}}}
        said = from_cognito.describe_pool("us-east-1_Moved", lambda operation, pool, *more: answers.get(operation, {}))
        self.assertEqual([said["clients"], said["providers"]], [[CLIENT], [{"ProviderName": "Corp"}]])
        json.dumps(from_cognito.pool_file(said))


if __name__ == "__main__":
    unittest.main()
