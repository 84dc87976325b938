// The assistant's pages in a browser, against a skill with devices and screens that a maker might write in an hour.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { openBrowser, phone, scenario, smallPhone } from './support/browser.mjs';
import { start, temporaryFolder } from './support/symbolon.mjs';

const pictures = process.env.SYMBOLON_PICTURES;

/** A custom skill that keeps its session open, a smart-home skill with one lamp, and where its accounts are linked. It
 *  checks no signature. */
async function startSkill(t) {
  const server = createServer(async (request, response) => {
    if (request.url.startsWith('/authorize?')) {
      response.writeHead(302, { location: authorized(new URL(request.url, 'http://x').searchParams) }).end();
      return;
    }
    let body = '';
    for await (const piece of request) body += piece;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === '/home' ? homeAnswer(JSON.parse(body).directive) : skillAnswer(JSON.parse(body))));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}`;
}

/** An authorization server that asks nobody: back with a token, as the implicit grant has it. */
function authorized(asked) {
  const answer = new URLSearchParams({ access_token: 'token-1', token_type: 'Bearer', expires_in: '3600', state: asked.get('state') });
  return `${asked.get('redirect_uri')}#${answer}`;
}

function skillAnswer({ request }) {
  if (request.type !== 'LaunchRequest') {
    return { version: '1.0', response: { outputSpeech: { type: 'PlainText', text: `You asked for ${request.intent?.name}.` } } };
  }
  return { version: '1.0', sessionAttributes: { step: 1 }, response: {
    outputSpeech: { type: 'SSML', ssml: '<speak>Welcome. <audio src="https://example.com/bell.mp3"/> What may it be?</speak>' },
    reprompt: { outputSpeech: { type: 'PlainText', text: 'Still hungry?' } },
    card: { type: 'Simple', title: 'Menu', content: 'Ham\nCheese' },
    directives: [{ type: 'Alexa.Presentation.APL.RenderDocument', datasources: { menu: { title: 'Pizza menu' } },
      document: { mainTemplate: { items: [{ type: 'Container', items: [{ type: 'Text', text: '${payload.menu.title}' }] }] } } }],
    shouldEndSession: false } };
}

const lamp = { endpointId: 'lamp-1', friendlyName: 'Kitchen lamp', manufacturerName: 'Lights', description: 'A lamp',
  displayCategories: ['LIGHT'], capabilities: ['Alexa.PowerController', 'Alexa.BrightnessController', 'Alexa.ColorController']
    .map((name) => ({ type: 'AlexaInterface', interface: name, version: '3', properties: { supported: [], retrievable: true } })) };

function homeAnswer({ header }) {
  const property = { namespace: 'Alexa.PowerController', name: 'powerState', value: header.name === 'TurnOn' ? 'ON' : 'OFF',
    timeOfSample: new Date().toISOString(), uncertaintyInMilliseconds: 0 };
  const discovers = header.name === 'Discover';
  return { event: { header: { ...header, namespace: discovers ? 'Alexa.Discovery' : 'Alexa', name: discovers ? 'Discover.Response' : 'Response' },
    payload: discovers ? { endpoints: [lamp] } : {} }, context: { properties: discovers ? [] : [property] } };
}

async function startAssistant(t) {
  const folder = temporaryFolder(t);
  const running = await start(
    t, ['assistant', '--data', path.join(folder, 'data'), '--listen', '127.0.0.1:0', '--log-level', 'warning'], 1, folder);
  return running.urls[0];
}

async function picture(page, name) {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  for (const [label, viewport] of [['390', phone], ['1280', { width: 1280, height: 900 }]]) {
    await page.setViewportSize(viewport);
    await page.screenshot({ path: path.join(pictures, `${name}-${label}.png`), fullPage: true });
  }
  await page.setViewportSize(smallPhone);
}

/** What a page owes to everybody: it fits, every control has a name, no id is there twice, it has one main heading. */
async function isSound(page) {
  const found = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    headings: document.querySelectorAll('h1').length,
    nameless: [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button, a')]
      .filter((control) => !(control.labels?.length || control.getAttribute('aria-label') || control.textContent.trim()))
      .map((control) => control.outerHTML),
    twice: [...document.querySelectorAll('[id]')].map((element) => element.id).filter((id, at, all) => all.indexOf(id) !== at),
  }));
  assert.ok(found.width <= smallPhone.width, `${page.url()} is ${found.width} wide`);
  assert.deepEqual({ ...found, width: 0 }, { width: 0, headings: 1, nameless: [], twice: [] }, page.url());
}

test('a maker makes a skill, models it, talks to it, looks into the log and sends a request again', async (t) => {
  const [assistant, skill] = [await startAssistant(t), await startSkill(t)];
  const { page, foreign } = await openBrowser(t, { viewport: smallPhone });
  await scenario(t, page, async () => {
    await page.goto(assistant + '/');
    await isSound(page);
    await picture(page, 'skills-empty');
    await page.getByRole('textbox', { name: 'Name' }).fill('Pizza house');
    await page.getByRole('textbox', { name: 'Endpoint' }).fill(skill);
    await page.getByRole('button', { name: 'Make it' }).click();

    const model = page.getByRole('textbox', { name: 'Interaction model, as JSON' });
    await model.fill('{"languageModel": {"invocationName": "Pizza", "intents": []}}');
    await page.getByRole('button', { name: 'Save the model' }).click();
    await page.getByText('languageModel.invocationName').waitFor();
    await isSound(page);
    await picture(page, 'model-problems');
    await model.fill(JSON.stringify({ languageModel: { invocationName: 'pizza house', types: [],
      intents: [{ name: 'OrderIntent', slots: [{ name: 'count', type: 'AMAZON.NUMBER' }],
                  samples: ['order {count} pizzas', 'order a pizza'] }] } }));
    await page.getByRole('button', { name: 'Save the model' }).click();
    await page.getByText('Saved.').waitFor();
    await isSound(page);
    await picture(page, 'model');

    await page.getByRole('link', { name: 'Open in the app' }).click();
    await page.getByRole('button', { name: 'open pizza house' }).click();
    await page.getByText('Welcome.').waitFor();
    await page.getByText('Pizza menu').waitFor();
    await page.locator('audio').waitFor();
    await page.getByText('if nobody answers: “Still hungry?”').waitFor();
    await isSound(page);
    await picture(page, 'app');
    await page.getByRole('button', { name: 'Stay silent' }).click();
    await page.locator('.spoken-platform', { hasText: 'Still hungry?' }).waitFor();
    await page.getByRole('textbox', { name: /say something/i }).fill('order twenty one pizzas');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('You asked for OrderIntent.').waitFor();

    await page.goto(page.url().replace('/app/', '/'));
    await isSound(page);
    await picture(page, 'skill');
    await page.getByRole('link', { name: 'Log', exact: true }).click();
    await page.getByText('OrderIntent').first().waitFor();
    await isSound(page);
    await picture(page, 'log');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /fixture/ }).click()]);
    assert.equal(file.suggestedFilename(), 'conversation.json');
    await page.getByRole('link', { name: /OrderIntent/ }).first().click();
    await page.getByRole('button', { name: 'Send it again' }).click();
    await page.getByText('Sent again.').waitFor();
    await isSound(page);
    await picture(page, 'exchange');
  });
  assert.deepEqual(foreign.filter((url) => !url.startsWith('https://example.com/')), [], 'no request to anywhere else');
});

test('people are added, and one talks as another', async (t) => {
  const assistant = await startAssistant(t);
  const { page } = await openBrowser(t, { viewport: smallPhone, colorScheme: 'dark' });
  await scenario(t, page, async () => {
    await page.goto(assistant + '/people');
    const add = page.locator('section', { hasText: 'Somebody else' });
    await add.getByLabel('Name').fill('Anna');
    await add.getByLabel('Locale').fill('de-DE');
    await add.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('button', { name: 'Talk as Anna' }).click();
    await page.getByRole('heading', { name: /Anna.*talks now/ }).waitFor();
    await isSound(page);
    await picture(page, 'people-dark');
  });
});

test('a smart-home skill wants a link before its devices are discovered', async (t) => {
  const [assistant, skill] = [await startAssistant(t), await startSkill(t)];
  const { page } = await openBrowser(t, { viewport: smallPhone });
  await scenario(t, page, async () => {
    await page.goto(assistant + '/');
    await page.getByRole('textbox', { name: 'Name' }).fill('Lights');
    await page.getByRole('textbox', { name: 'Endpoint' }).fill(skill + '/home');
    await page.getByRole('radio', { name: /Smart home/ }).check();
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByRole('link', { name: 'Devices' }).click();
    await page.getByText('link the account first').waitFor();
    await isSound(page);

    // The implicit grant: the assistant takes the token from the redirect URL's fragment.
    await page.getByRole('link', { name: 'Linking and test' }).click();
    await page.getByRole('radio', { name: /Implicit/ }).check();
    await page.getByLabel('Web authorization URI').fill(skill + '/authorize');
    await page.getByLabel('Client ID').fill('client');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved.').waitFor();
    await page.getByRole('link', { name: 'Open in the app' }).click();
    await page.getByRole('link', { name: 'Link account' }).click();
    await page.getByRole('heading', { name: 'Your account is linked' }).waitFor();

    await page.getByRole('link', { name: /back to/i }).click();
    await page.getByRole('link', { name: 'Devices' }).click();
    await page.getByRole('button', { name: 'Discover devices' }).click();
    await page.getByRole('heading', { name: 'Kitchen lamp' }).waitFor();
    await page.getByRole('button', { name: /Turn on.*Kitchen lamp/ }).click();
    await page.locator('dd', { hasText: 'ON' }).waitFor();
    await isSound(page);
    await picture(page, 'devices');
  });
});
