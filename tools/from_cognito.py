"""A user pool of Amazon Cognito, as files that Symbolon starts from (docs/moving_from_cognito.md).

    from_cognito.py POOL FOLDER   reads the pool with the AWS CLI, in the account that it is set to, and writes
                                  FOLDER/pools.json for `symbolon serve --bootstrap`: settings, clients with their ids
                                  and secrets, providers, resource servers, groups, the domain;
                                  FOLDER/users.csv for `symbolon admin import`: users, without passwords

Both are written for their owner alone. Nothing is changed at Cognito.
"""
import csv
import json
import os
import pathlib
import subprocess
import sys

# What CreateUserPool takes of what DescribeUserPool shows. Functions and keys of AWS do not move.
POOL_MEMBERS = (
    "Policies AutoVerifiedAttributes AliasAttributes UsernameAttributes UsernameConfiguration SmsConfiguration "
    "EmailConfiguration UserAttributeUpdateSettings AccountRecoverySetting DeviceConfiguration "
    "VerificationMessageTemplate SmsAuthenticationMessage UserPoolAddOns UserPoolTier DeletionProtection").split()
SHOWN_ALONE = {"UserPoolId", "CreationDate", "LastModifiedDate", "ClientType"}
SECOND_FACTORS = {"SmsMfaConfiguration", "SoftwareTokenMfaConfiguration", "EmailMfaConfiguration"}


def call_cognito(operation, pool, *more):
    command = ["aws", "cognito-idp", operation, "--user-pool-id", pool, "--output", "json", *more]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    return json.loads(answer) if answer.strip() else {}


def describe_pool(pool, call=call_cognito):
    """What Cognito says of a pool: member → answers."""
    names = lambda operation, member, name: [one[name] for one in call(operation, pool).get(member, [])]
    return {
        "pool": call("describe-user-pool", pool)["UserPool"],
        "mfa": call("get-user-pool-mfa-config", pool),
        "clients": [call("describe-user-pool-client", pool, "--client-id", one)["UserPoolClient"]
                    for one in names("list-user-pool-clients", "UserPoolClients", "ClientId")],
        "providers": [call("describe-identity-provider", pool, "--provider-name", one)["IdentityProvider"]
                      for one in names("list-identity-providers", "Providers", "ProviderName")],
        "resources": call("list-resource-servers", pool).get("ResourceServers", []),
        "groups": call("list-groups", pool).get("Groups", []),
        "users": call("list-users", pool).get("Users", []),
    }


def without(shown, names=SHOWN_ALONE):
    return {name: value for name, value in shown.items() if name not in names}


def schema_of(pool):
    """What was asked for when the pool was made: its own attributes, whose prefix comes back by itself, and what is required."""
    own = [one for one in pool.get("SchemaAttributes", [])
           if one["Name"] != "sub" and (one.get("Required") or one["Name"].startswith(("custom:", "dev:custom:")))]
    return [{**one, "Name": one["Name"].removeprefix("dev:").removeprefix("custom:")} for one in own]


def mfa_of(said):
    """Where no second factor is asked for, texts are shown as one all the same, which nobody may send back."""
    is_off = said["mfa"].get("MfaConfiguration", "OFF") == "OFF"
    return without(said["mfa"], SECOND_FACTORS) if is_off else said["mfa"]


def pool_file(said):
    pool = said["pool"]
    made = {"Id": pool["Id"], "PoolName": pool["Name"], "Schema": schema_of(pool)}
    made |= {name: pool[name] for name in POOL_MEMBERS if name in pool}
    # It says the same as Policies.PasswordPolicy, which may not be given twice.
    made["AdminCreateUserConfig"] = without(pool.get("AdminCreateUserConfig", {}), {"UnusedAccountValidityDays"})
    made |= {"MfaConfig": mfa_of(said),
             "ResourceServers": [without(one) for one in said["resources"]],
             "IdentityProviders": [without(one) for one in said["providers"]],
             "Groups": [without(one) for one in said["groups"]],
             "Clients": [without(one) for one in said["clients"]]}
    if pool.get("Domain"):
        made["Domains"] = [{"Domain": pool["Domain"]}]
    return {"UserPools": [{name: value for name, value in made.items() if value not in ([], {}, None)}]}


def signs_in_here(user):
    """People of identity providers come again by themselves. Who is disabled must not come back by it: a row cannot say so."""
    return user.get("UserStatus") != "EXTERNAL_PROVIDER" and user.get("Enabled", True)


def user_rows(said):
    """The header and a row for each user who signs in here."""
    people = [({one["Name"]: one["Value"] for one in user.get("Attributes", [])}, user)
              for user in said["users"] if signs_in_here(user)]
    names = sorted({name for attributes, _ in people for name in attributes} - {"sub", "identities"})
    yield ["cognito:username", "cognito:mfa_enabled", *names]
    requires_mfa = "TRUE" if said["mfa"].get("MfaConfiguration") == "ON" else "FALSE"
    for attributes, user in people:
        logins = [attributes[name] for name in said["pool"].get("UsernameAttributes", []) if attributes.get(name)]
        yield [(logins or [user["Username"]])[0], requires_mfa, *(attributes.get(name, "") for name in names)]


def bootstrap_text(said):
    """JSON, in which a text keeps what would stand for a variable of the environment."""
    return json.dumps(pool_file(said), indent=2).replace("${", "$${")


def write_private(path, write):
    path.unlink(missing_ok=True)  # whoever could read one of that name could read this one
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", newline="") as file:
        write(file)


def main(pool, folder):
    said = describe_pool(pool)
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    write_private(folder / "pools.json", lambda file: file.write(bootstrap_text(said)))
    header, *rows = user_rows(said)
    write_private(folder / "users.csv", lambda file: csv.writer(file, lineterminator="\n").writerows([header, *rows]))
    print(f"{folder}/pools.json and {folder}/users.csv: {len(said['clients'])} clients, {len(rows)} of {len(said['users'])} users.")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        main(sys.argv[1], sys.argv[2])
    except subprocess.CalledProcessError as failure:  # the AWS CLI has said why
        sys.exit(failure.returncode)
