// A skill of the voice platform's SDK for Node: ask-sdk-core, and ask-sdk-express-adapter with both of its verifiers on.
// Only where it looks for the world is changed: the chain comes from a file instead of s3.amazonaws.com, and one more root
// is trusted beside the system's. Also what the benchmark of skills measures.
// Usage: node ask_sdk_skill.cjs NODE_MODULES CHAIN_FILE ROOT_FILE SKILL_ID SPEECH
const { createRequire } = require('node:module');
const { EventEmitter } = require('node:events');
const fs = require('node:fs');
const https = require('node:https');
const path = require('node:path');

const [modules, chainFile, rootFile, skillId, speech] = process.argv.slice(2);
const load = createRequire(path.join(modules, 'anything.js'));

https.get = (url, answered) => {
  const response = new EventEmitter();
  response.statusCode = 200;
  response.setEncoding = () => {};
  process.nextTick(() => {
    answered(response);
    response.emit('data', fs.readFileSync(chainFile, 'utf8'));
    response.emit('end');
  });
  return Object.assign(new EventEmitter(), { end() {} });
};
const helper = load(path.join(modules, 'ask-sdk-express-adapter/dist/verifier/helper.js'));
const generateCAStore = helper.generateCAStore;
helper.generateCAStore = (roots) => generateCAStore([...roots, fs.readFileSync(rootFile, 'utf8')]);

const { SkillBuilders, getIntentName, getRequestType } = load('ask-sdk-core');
const { ExpressAdapter } = load('ask-sdk-express-adapter');
const express = load('express');

const skill = SkillBuilders.custom()
  .withSkillId(skillId)
  .addRequestHandlers({
    canHandle: ({ requestEnvelope }) => getRequestType(requestEnvelope) === 'IntentRequest' &&
      getIntentName(requestEnvelope) === 'OrderIntent',
    handle: ({ responseBuilder }) => responseBuilder.speak(speech).withShouldEndSession(true).getResponse(),
  }, {
    canHandle: () => true,
    handle: ({ responseBuilder }) => responseBuilder.speak('Please link your account.').withLinkAccountCard().getResponse(),
  })
  .create();

const app = express();
app.disable('x-powered-by');
app.post('/', new ExpressAdapter(skill, true, true).getRequestHandlers());
const server = app.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));
