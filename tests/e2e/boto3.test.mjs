// boto3 from Debian's package: an older SDK than the newest model, and the one that most scripts are written with.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { startServer } from './support/symbolon.mjs';

const run = promisify(execFile);

async function python(server, script) {
  const { stdout } = await run('python3', ['-c', `
import boto3, botocore, json, sys
client = boto3.client('cognito-idp', endpoint_url=sys.argv[1])

def refused(name, call, **members):
    try:
        call(**members)
    except client.exceptions.ClientError as error:
        assert error.response['Error']['Code'] == name, error.response
        assert error.response['ResponseMetadata']['RequestId']
        return
    raise AssertionError(name + ' was not raised')

def next_code(seen=[0]):
    import time
    for _ in range(2000):
        try:
            lines = open(sys.argv[2]).read().splitlines()
        except FileNotFoundError:
            lines = []
        if len(lines) > seen[0]:
            seen[0] += 1
            return json.loads(lines[seen[0] - 1])['code']
        time.sleep(0.01)
    raise AssertionError('no text came')
${script}
print('done')
`, server.url, server.texts.file], {
    env: {
      PATH: process.env.PATH, HOME: server.folder, AWS_DEFAULT_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ACCESS_KEY_ID: server.credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: server.credentials.secretAccessKey,
    },
  });
  assert.equal(stdout.trim(), 'done');
}

test('pools, clients, users and sign-in', async (t) => {
  const server = await startServer(t);
  await python(server, `
pool = client.create_user_pool(PoolName='boto', AutoVerifiedAttributes=['phone_number'], UsernameAttributes=['phone_number'],
    MfaConfiguration='ON', SmsConfiguration={'SnsCallerArn': 'arn:aws:iam::000000000000:role/sms'})['UserPool']
assert pool['CreationDate'].year >= 2024
app = client.create_user_pool_client(UserPoolId=pool['Id'], ClientName='app',
    ExplicitAuthFlows=['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'])['UserPoolClient']
app_id, number, password = app['ClientId'], '+14155550123', 'Correct-horse-9'
client.sign_up(ClientId=app_id, Username=number, Password=password)
refused('CodeMismatchException', client.confirm_sign_up, ClientId=app_id, Username=number, ConfirmationCode='none')
client.confirm_sign_up(ClientId=app_id, Username=number, ConfirmationCode=next_code())
refused('NotAuthorizedException', client.initiate_auth, ClientId=app_id, AuthFlow='USER_PASSWORD_AUTH',
    AuthParameters={'USERNAME': number, 'PASSWORD': 'Wrong-horse-9'})
challenge = client.initiate_auth(ClientId=app_id, AuthFlow='USER_PASSWORD_AUTH', AuthParameters={'USERNAME': number, 'PASSWORD': password})
assert challenge['ChallengeName'] == 'SMS_MFA'
result = client.respond_to_auth_challenge(ClientId=app_id, ChallengeName='SMS_MFA', Session=challenge['Session'],
    ChallengeResponses={'USERNAME': number, 'SMS_MFA_CODE': next_code()})['AuthenticationResult']
assert client.get_user(AccessToken=result['AccessToken'])['UserAttributes']
refreshed = client.initiate_auth(ClientId=app_id, AuthFlow='REFRESH_TOKEN_AUTH', AuthParameters={'REFRESH_TOKEN': result['RefreshToken']})
assert 'RefreshToken' not in refreshed['AuthenticationResult']
client.global_sign_out(AccessToken=result['AccessToken'])
refused('NotAuthorizedException', client.get_user, AccessToken=result['AccessToken'])
users = [user for page in client.get_paginator('list_users').paginate(UserPoolId=pool['Id']) for user in page['Users']]
assert len(users) == 1
refused('ResourceNotFoundException', client.describe_user_pool, UserPoolId='us-east-1_doesNotEx')
`);
});

test('groups, resource servers, domains, providers, tags and users by administrators', async (t) => {
  const server = await startServer(t);
  await python(server, `
pool = client.create_user_pool(PoolName='boto')['UserPool']
pool_id = pool['Id']
client.admin_create_user(UserPoolId=pool_id, Username='alice', MessageAction='SUPPRESS', UserAttributes=[{'Name': 'email', 'Value': 'a@example.com'}])
client.admin_set_user_password(UserPoolId=pool_id, Username='alice', Password='Correct-horse-9', Permanent=True)
client.admin_update_user_attributes(UserPoolId=pool_id, Username='alice', UserAttributes=[{'Name': 'email_verified', 'Value': 'true'}])
client.create_group(UserPoolId=pool_id, GroupName='admins', Precedence=1)
refused('GroupExistsException', client.create_group, UserPoolId=pool_id, GroupName='admins')
client.admin_add_user_to_group(UserPoolId=pool_id, Username='alice', GroupName='admins')
groups = client.get_paginator('admin_list_groups_for_user').paginate(UserPoolId=pool_id, Username='alice').build_full_result()
assert [group['GroupName'] for group in groups['Groups']] == ['admins']
assert client.list_users_in_group(UserPoolId=pool_id, GroupName='admins')['Users'][0]['Username'] == 'alice'
client.create_resource_server(UserPoolId=pool_id, Identifier='orders', Name='Orders', Scopes=[{'ScopeName': 'read', 'ScopeDescription': 'Read'}])
assert client.list_resource_servers(UserPoolId=pool_id, MaxResults=10)['ResourceServers'][0]['Scopes'][0]['ScopeName'] == 'read'
client.create_user_pool_domain(UserPoolId=pool_id, Domain='boto-domain')
assert client.describe_user_pool_domain(Domain='boto-domain')['DomainDescription']['UserPoolId'] == pool_id
client.tag_resource(ResourceArn=pool['Arn'], Tags={'team': 'voice'})
assert client.list_tags_for_resource(ResourceArn=pool['Arn'])['Tags'] == {'team': 'voice'}
details = {'client_id': 'abc', 'client_secret': 'def', 'attributes_request_method': 'GET', 'oidc_issuer': 'https://issuer.example',
    'authorize_scopes': 'openid', 'authorize_url': 'https://issuer.example/a', 'token_url': 'https://issuer.example/t',
    'attributes_url': 'https://issuer.example/u', 'jwks_uri': 'https://issuer.example/j'}
client.create_identity_provider(UserPoolId=pool_id, ProviderName='Example', ProviderType='OIDC', ProviderDetails=details)
assert client.list_identity_providers(UserPoolId=pool_id)['Providers'][0]['ProviderName'] == 'Example'
client.admin_disable_user(UserPoolId=pool_id, Username='alice')
assert not client.admin_get_user(UserPoolId=pool_id, Username='alice')['Enabled']
client.admin_delete_user(UserPoolId=pool_id, Username='alice')
refused('UserNotFoundException', client.admin_get_user, UserPoolId=pool_id, Username='alice')
client.delete_user_pool_domain(UserPoolId=pool_id, Domain='boto-domain')
client.delete_user_pool(UserPoolId=pool_id)
`);
});
