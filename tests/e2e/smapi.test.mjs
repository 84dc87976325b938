// The voice platform's own management SDK drives a skill of ours through the assistant's REST API.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import smapi from 'ask-smapi-sdk';
import { startDemo } from './support/symbolon.mjs';

const stage = 'development';
const locale = 'en-US';

function clientOf(demo) {
  const accessToken = readFileSync(path.join(demo.data, 'assistant.token'), 'utf8').trim();
  return new smapi.CustomSmapiClientBuilder().withApiEndpoint(demo.assistant)
    .withAccessTokenConfig({ clientId: 'any', clientSecret: 'any', accessToken }).client();
}

async function demoSkill(client) {
  const { vendors: [vendor] } = await client.getVendorListV1();
  const { skills: [skill] } = await client.listSkillsForVendorV1(vendor.id);
  return { vendor, skillId: skill.skillId };
}

/** Says something in a session of its own; the answer as polling gives it. */
async function say(client, skillId, content) {
  const begun = await client.simulateSkillV2(skillId, stage,
    { input: { content }, device: { locale }, session: { mode: 'FORCE_NEW_SESSION' } });
  return client.getSkillSimulationV2(skillId, stage, begun.id);
}

test('the demo\'s skill is simulated and invoked, and answers with the card', async (t) => {
  const client = clientOf(await startDemo(t));
  const { skillId } = await demoSkill(client);

  const simulation = await say(client, skillId, 'what is my phone number');
  assert.equal(simulation.status, 'SUCCESSFUL', JSON.stringify(simulation.result.error));
  const [invocation] = simulation.result.skillExecutionInfo.invocations;
  assert.equal(invocation.invocationRequest.body.request.intent.name, 'MyPhoneNumberIntent');
  assert.equal(invocation.invocationResponse.body.response.card.type, 'LinkAccount');
  assert.equal(simulation.result.alexaExecutionInfo.consideredIntents[0].name, 'MyPhoneNumberIntent');
  assert.ok(simulation.result.alexaExecutionInfo.alexaResponses[0].content.caption.length > 0);

  // The same envelope again, as it is: the skill takes it once and refuses the repetition, so it needs a new id.
  const body = invocation.invocationRequest.body;
  body.request.requestId += '-again';
  body.request.timestamp = new Date().toISOString();
  const invoked = await client.invokeSkillEndPointV2(skillId, stage, { endpointRegion: 'NA', skillRequest: { body } });
  assert.equal(invoked.status, 'SUCCESSFUL', JSON.stringify(invoked.result.error));
  assert.equal(invoked.result.skillExecutionInfo.invocationResponse.body.response.card.type, 'LinkAccount');
});

test('a skill is made, modelled, configured, enabled and deleted', async (t) => {
  const demo = await startDemo(t);
  const client = clientOf(demo);
  const { vendor } = await demoSkill(client);
  const manifest = { manifestVersion: '1.0', publishingInformation: { locales: { [locale]: { name: 'Pizza' } } },
    apis: { custom: { endpoint: { uri: demo.skill, sslCertificateType: 'SelfSigned' } } } };
  const { skillId } = await client.createSkillForVendorV1({ vendorId: vendor.id, manifest });
  assert.deepEqual((await client.getSkillManifestV1(skillId, stage)).manifest, manifest);
  manifest.publishingInformation.locales[locale].name = 'Pizza house';
  await client.updateSkillManifestV1(skillId, stage, { manifest });

  const interactionModel = { languageModel: { invocationName: 'pizza house', intents: [
    { name: 'OrderIntent', slots: [{ name: 'count', type: 'AMAZON.NUMBER' }], samples: ['order {count} pizzas'] },
    { name: 'AMAZON.StopIntent', samples: [] }] } };
  await client.setInteractionModelV1(skillId, stage, locale, { interactionModel });
  assert.deepEqual((await client.getInteractionModelV1(skillId, stage, locale)).interactionModel, interactionModel);
  const status = await client.getSkillStatusV1(skillId);
  assert.equal(status.interactionModel[locale].lastUpdateRequest.status, 'SUCCEEDED');
  const understood = await client.profileNluV1({ utterance: 'order twenty one pizzas' }, skillId, stage, locale);
  assert.equal(understood.selectedIntent.slots.count.value, '21');
  interactionModel.languageModel.intents[0].samples = ['order {what}'];
  await assert.rejects(client.setInteractionModelV1(skillId, stage, locale, { interactionModel }),
    (error) => error.statusCode === 400 && /\{what\}/.test(JSON.stringify(error.response)));

  const accountLinkingRequest = { type: 'AUTH_CODE', authorizationUrl: `${demo.url}/a`, accessTokenUrl: `${demo.url}/t`,
    clientId: 'client', clientSecret: 'a-secret', accessTokenScheme: 'HTTP_BASIC', scopes: ['openid'], domains: [] };
  await client.updateAccountLinkingInfoV1(skillId, stage, { accountLinkingRequest });
  const linking = await client.getAccountLinkingInfoV1(skillId, stage);
  assert.equal(linking.clientId, 'client');
  assert.equal(linking.clientSecret, undefined);

  await client.setSkillEnablementV1(skillId, stage);
  await client.getSkillEnablementStatusV1(skillId, stage);
  await client.deleteSkillEnablementV1(skillId, stage);
  await client.deleteSkillV1(skillId);
  await assert.rejects(client.getSkillManifestV1(skillId, stage), (error) => error.statusCode === 404);
});

test('another token is refused', async (t) => {
  const demo = await startDemo(t);
  const client = new smapi.CustomSmapiClientBuilder().withApiEndpoint(demo.assistant)
    .withAccessTokenConfig({ clientId: 'any', clientSecret: 'any', accessToken: 'another' }).client();
  await assert.rejects(client.getVendorListV1(), (error) => error.statusCode === 401);
});
