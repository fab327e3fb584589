// Wix's own SDK makes each call that the sandbox answers, and what it gives is written as one JSON object. The SDK knows one host: its requests are led to the sandbox.
// Usage: node calls.mjs http://127.0.0.1:5080
import { createClient, ApiKeyStrategy, AppStrategy } from '@wix/sdk';
import { messages, conversations } from '@wix/inbox';
import * as contacts from '@wix/auto_sdk_crm_contacts';
import * as contactsV5 from '@wix/auto_sdk_crm_contacts-v-5';
import * as labels from '@wix/auto_sdk_crm_labels';
import * as files from '@wix/auto_sdk_media_files';
import * as channelMedia from '@wix/auto_sdk_comm-channels-media_communication-channels-media';

const sandbox = process.argv[2];
const realFetch = globalThis.fetch;
globalThis.fetch = (address, options) => realFetch(String(address).replace('https://www.wixapis.com', sandbox), options);

const modules = { messages, conversations, contacts, contactsV5, labels, files, channelMedia };
const siteId = '0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c';
const key = createClient({ modules, auth: ApiKeyStrategy({ apiKey: 'key', siteId }) });
const app = createClient({ modules, auth: AppStrategy({ appId: 'app', appSecret: 'secret', instanceId: 'one' }) });

// A headless project signs in without an instance, and names its site in each call.
const headless = createClient({
  modules,
  auth: AppStrategy({ appId: 'app', appSecret: 'secret', instanceId: undefined }),
  headers: { 'wix-site-id': siteId },
});

const results = {};
async function call(name, make) {
  try {
    results[name] = await make();
  } catch (error) {
    results[name] = { failed: String(error?.message ?? error), details: error?.details ?? null };
  }
  return results[name];
}

// The next answer of the sandbox is a fault.
const fault = (kind) => realFetch(`${sandbox}/sandbox/faults`, { method: 'POST', body: JSON.stringify([{ kind }]) });

const ada = 'aaaaaaaa-0000-4000-8000-000000000001';
const member = 'aaaaaaaa-0000-4000-8000-00000000000a';
const visitor = 'aaaaaaaa-0000-4000-8000-00000000000b';
const nobody = '00000000-0000-0000-0000-000000000000';
await realFetch(`${sandbox}/sandbox/contacts`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify([
    {
      contactId: ada,
      emails: ['Ada@Example.com', 'lovelace@example.com'],
      firstName: 'Ada',
      memberId: member,
      labelKeys: ['custom.vip', 'custom.new-here'],
      subscriptionStatus: 'UNSUBSCRIBED',
    },
    ...Array.from({ length: 120 }, (_, number) => ({ email: `p${number}@example.com` })),
  ]),
});

const created = await call('getOrCreateConversation', () => key.conversations.getOrCreateConversation({ memberId: member }));
const conversationId = created.conversation?._id;
await call('conversationOfContact', async () =>
  (await key.conversations.getOrCreateConversation({ contactId: ada })).conversation._id);
await call('conversationOfVisitor', async () =>
  (await key.conversations.getOrCreateConversation({ anonymousVisitorId: visitor })).conversation._id);
await call('getConversation', () => key.conversations.getConversation(conversationId));
await call('getConversationRefused', () => key.conversations.getConversation(nobody));
const message = {
  content: { previewText: 'Hi', basic: { items: [{ text: 'Hi' }, { image: { url: 'https://example.com/a.png', width: 2, height: 1 } }] } },
  visibility: 'BUSINESS_AND_PARTICIPANT',
  direction: 'BUSINESS_TO_PARTICIPANT',
};
await call('sendMessage', () => key.messages.sendMessage(conversationId, message, { sendNotifications: true }));
await call('sendMessageAsApp', () => app.messages.sendMessage(conversationId, message));
await call('sendMessageHeadless', () => headless.messages.sendMessage(conversationId, message));
await call('sendUnknownField', () => key.messages.sendMessage(conversationId, { ...message, thereIsNoSuchField: 1 }));
const picture = { url: 'https://example.com/a.png', width: 2, height: 1 };
const contents = {
  basic: { items: [{ file: { url: 'https://example.com/a.pdf', filename: 'a.pdf', mimeType: 'application/pdf' } }] },
  template: {
    title: 'Hi',
    textLines: ['one'],
    orientation: 'LANDSCAPE',
    buttons: [
      { label: 'Go', launchUrl: 'https://example.com/' },
      { label: 'Yes', postbackProperties: { interactionId: 'yes' } },
    ],
  },
  minimal: { text: 'Hi', url: 'https://example.com/' },
  form: { title: 'Hi', fields: [{ name: 'a', value: 'b' }], media: [{ image: picture }] },
};
for (const [kind, content] of Object.entries(contents)) {
  await call(`send-${kind}`, async () => {
    const sent = await key.messages.sendMessage(conversationId, { ...message, content: { [kind]: content } });
    return sent.message.content[kind];
  });
}

for (const order of ['ASC', 'DESC']) {
  await call(`listMessages-${order}`, async () => {
    const ids = [];
    let cursor;
    do {
      const page = await key.messages.listMessages(conversationId, 'BUSINESS', {
        paging: { limit: 3, cursor },
        sorting: { fieldName: 'message_sequence', order },
      });
      ids.push(...page.messages.map((one) => one._id));
      cursor = page.pagingMetadata.cursors?.next;
    } while (cursor);
    return ids;
  });
}

await call('listMessages', () => key.messages.listMessages(conversationId, 'BUSINESS', { paging: { limit: 1 } }));
await call('listMessagesPlain', () => key.messages.listMessages(conversationId, 'BUSINESS_AND_PARTICIPANT'));
await call('sendToNobodyRefused', () => key.messages.sendMessage(nobody, message));
await fault('MessageAlone');
await call('messageAlone', () => key.messages.sendMessage(conversationId, message));
await fault('EmptyForbidden');
await call('emptyForbidden', () => key.messages.sendMessage(conversationId, message));
await call('sendMessageRefused', () => key.messages.sendMessage(conversationId, { content: { basic: { items: [] } } }));

await call('getContact', () => key.contacts.getContact(ada, { fieldsets: ['FULL'] }));
await call('queryContacts', async () => (await key.contacts.queryContacts().in('primaryInfo.email', ['ada@example.com']).find()).items);
await call('queryContactsByLabel', async () => (await key.contacts.queryContacts().hasSome('info.labelKeys', ['custom.vip']).find()).items.length);
await call('queryContactsByActivity', async () =>
  (await key.contacts.queryContacts().ge('lastActivity.activityDate', new Date(Date.now() - 60_000)).descending('lastActivity.activityDate').limit(1000).find()).items.length);
await call('queryContactsSince', async () =>
  (await key.contacts.queryContacts().ge('_createdDate', new Date(Date.now() + 60_000)).find()).items.length);
const tooMany = Array.from({ length: 101 }, (_, number) => `p${number}@example.com`);
await call('queryContactsTooMany', () => key.contacts.queryContacts().in('primaryInfo.email', tooMany).find());
await call('getContactBasic', async () =>
  (await key.contacts.getContact(ada, { fieldsets: ['BASIC'] })).primaryEmail ?? null);
await call('getContactFields', async () =>
  Object.keys(await key.contacts.getContact(ada, { fields: ['lastActivity'] })).sort());
await call('queryContactsByPage', async () => {
  const first = await key.contacts.queryContacts().ascending('_createdDate').limit(100).find();
  return [first.items.length, (await first.next()).items.length];
});

await call('getContactV5', () => key.contactsV5.getContact(ada));
await call('queryContactsV5', async () => (await key.contactsV5.queryContacts().in('email.email', ['ada@example.com']).find()).items);
await call('queryContactsV5Posted', async () =>
  (await key.contactsV5.queryContacts().in('_id', [ada, ...Array.from({ length: 99 }, (_, number) => `bbbbbbbb-0000-4000-8000-${String(number).padStart(12, '0')}`)]).find()).items.length);
await call('queryContactsV5TooMany', () => key.contactsV5.queryContacts().in('email.email', tooMany).find());
await call('queryContactsV5FirstMade', async () =>
  (await key.contactsV5.queryContacts().ascending('_createdDate').limit(1).find()).items[0]._id);
await call('queryContactsV5ByPage', async () => {
  const first = await key.contactsV5.queryContacts().exists('email.email', true).limit(100).find();
  return [first.items.length, (await first.next()).items.length];
});

await call('listLabels', () => key.labels.listLabels());
await call('listLabelsByPage', () => key.labels.listLabels({ paging: { limit: 1, offset: 1 } }));
await call('listLabelsFrom', () =>
  key.labels.listLabels({ startsWith: 'vi', namespace: 'custom', labelType: 'USER_DEFINED' }));

const upload = await call('generateFileUploadUrl', () => key.files.generateFileUploadUrl('image/png', { fileName: 'a.png', sizeInBytes: '3' }));
await call('upload', async () => (await realFetch(upload.uploadUrl, { method: 'PUT', headers: { 'Content-Type': 'image/png' }, body: new Uint8Array([1, 2, 3]) })).json());
await call('importFile', () => key.files.importFile('https://example.com/cat.png', { mimeType: 'image/png' }));
await call('getFileDescriptor', () => key.files.getFileDescriptor(results.upload.file?.id));

const channelUpload = await call('channelUploadUrl', () => key.channelMedia.generateFileUploadUrl({ mimeType: 'image/png', fileName: 'a.png' }));
await call('channelUpload', async () => (await realFetch(channelUpload.uploadUrl, { method: 'PUT', headers: { 'Content-Type': 'image/png' }, body: new Uint8Array([1, 2, 3]) })).json());
await call('channelImportFile', () => key.channelMedia.importFile('https://example.com/cat.png', { mimeType: 'image/png' }));
await call('channelDownloadUrl', () => key.channelMedia.generateFileDownloadUrl(results.channelImportFile.fileId));
await call('channelStorageQuota', () => key.channelMedia.getStorageQuota());
await call('channelDownloadRefused', () => key.channelMedia.generateFileDownloadUrl('there-is-none'));
await call('channelRefused', () => key.channelMedia.generateFileUploadUrl({ mimeType: 'application/x-msdownload' }));

console.log(JSON.stringify(results));
