// Wix's own SDK makes each call that the sandbox answers, and what it gives is written as one JSON object. The SDK knows one host: its requests are led to the sandbox.
// Usage: node calls.mjs http://127.0.0.1:5080
import { createClient, ApiKeyStrategy, AppStrategy } from '@wix/sdk';
import { messages, conversations } from '@wix/inbox';
import * as contacts from '@wix/auto_sdk_crm_contacts';
import * as contactsV5 from '@wix/auto_sdk_crm_contacts-v-5';
import * as files from '@wix/auto_sdk_media_files';
import * as channelMedia from '@wix/auto_sdk_comm-channels-media_communication-channels-media';

const sandbox = process.argv[2];
const realFetch = globalThis.fetch;
globalThis.fetch = (address, options) => realFetch(String(address).replace('https://www.wixapis.com', sandbox), options);

const modules = { messages, conversations, contacts, contactsV5, files, channelMedia };
const key = createClient({ modules, auth: ApiKeyStrategy({ apiKey: 'key', siteId: '0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c' }) });
const app = createClient({ modules, auth: AppStrategy({ appId: 'app', appSecret: 'secret', instanceId: 'one' }) });

const results = {};
async function call(name, make) {
  try {
    results[name] = await make();
  } catch (error) {
    results[name] = { failed: String(error?.message ?? error), details: error?.details ?? null };
  }
  return results[name];
}

const ada = 'aaaaaaaa-0000-4000-8000-000000000001';
const member = 'aaaaaaaa-0000-4000-8000-00000000000a';
await realFetch(`${sandbox}/sandbox/contacts`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify([
    { contactId: ada, emails: ['Ada@Example.com', 'lovelace@example.com'], firstName: 'Ada', memberId: member, labelKeys: ['custom.vip'], subscriptionStatus: 'UNSUBSCRIBED' },
    ...Array.from({ length: 120 }, (_, number) => ({ email: `p${number}@example.com` })),
  ]),
});

const created = await call('getOrCreateConversation', () => key.conversations.getOrCreateConversation({ memberId: member }));
const conversationId = created.conversation?._id;
await call('getConversation', () => key.conversations.getConversation(conversationId));
const message = {
  content: { previewText: 'Hi', basic: { items: [{ text: 'Hi' }, { image: { url: 'https://example.com/a.png', width: 2, height: 1 } }] } },
  visibility: 'BUSINESS_AND_PARTICIPANT',
  direction: 'BUSINESS_TO_PARTICIPANT',
};
await call('sendMessage', () => key.messages.sendMessage(conversationId, message, { sendNotifications: true }));
await call('sendMessageAsApp', () => app.messages.sendMessage(conversationId, message));
await call('listMessages', () => key.messages.listMessages(conversationId, 'BUSINESS', { paging: { limit: 1 } }));
await call('listMessagesPlain', () => key.messages.listMessages(conversationId, 'BUSINESS_AND_PARTICIPANT'));
await call('sendMessageRefused', () => key.messages.sendMessage(conversationId, { content: { basic: { items: [] } } }));

await call('getContact', () => key.contacts.getContact(ada, { fieldsets: ['FULL'] }));
await call('queryContacts', async () => (await key.contacts.queryContacts().in('primaryInfo.email', ['ada@example.com']).find()).items);
await call('queryContactsByLabel', async () => (await key.contacts.queryContacts().hasSome('info.labelKeys', ['custom.vip']).find()).items.length);
await call('queryContactsByActivity', async () =>
  (await key.contacts.queryContacts().ge('lastActivity.activityDate', new Date(Date.now() - 60_000)).descending('lastActivity.activityDate').limit(1000).find()).items.length);
await call('queryContactsByPage', async () => {
  const first = await key.contacts.queryContacts().ascending('_createdDate').limit(100).find();
  return [first.items.length, (await first.next()).items.length];
});

await call('getContactV5', () => key.contactsV5.getContact(ada));
await call('queryContactsV5', async () => (await key.contactsV5.queryContacts().in('email.email', ['ada@example.com']).find()).items);
await call('queryContactsV5Posted', async () =>
  (await key.contactsV5.queryContacts().in('_id', [ada, ...Array.from({ length: 99 }, (_, number) => `bbbbbbbb-0000-4000-8000-${String(number).padStart(12, '0')}`)]).find()).items.length);
await call('queryContactsV5ByPage', async () => {
  const first = await key.contactsV5.queryContacts().exists('email.email', true).limit(100).find();
  return [first.items.length, (await first.next()).items.length];
});

const upload = await call('generateFileUploadUrl', () => key.files.generateFileUploadUrl('image/png', { fileName: 'a.png', sizeInBytes: '3' }));
await call('upload', async () => (await realFetch(upload.uploadUrl, { method: 'PUT', headers: { 'Content-Type': 'image/png' }, body: new Uint8Array([1, 2, 3]) })).json());
await call('importFile', () => key.files.importFile('https://example.com/cat.png', { mimeType: 'image/png' }));
await call('getFileDescriptor', () => key.files.getFileDescriptor(results.upload.file?.id));

const channelUpload = await call('channelUploadUrl', () => key.channelMedia.generateFileUploadUrl({ mimeType: 'image/png', fileName: 'a.png' }));
await call('channelUpload', async () => (await realFetch(channelUpload.uploadUrl, { method: 'PUT', headers: { 'Content-Type': 'image/png' }, body: new Uint8Array([1, 2, 3]) })).json());
await call('channelImportFile', () => key.channelMedia.importFile('https://example.com/cat.png', { mimeType: 'image/png' }));
await call('channelDownloadUrl', () => key.channelMedia.generateFileDownloadUrl(results.channelImportFile.fileId));
await call('channelStorageQuota', () => key.channelMedia.getStorageQuota());
await call('channelRefused', () => key.channelMedia.generateFileUploadUrl({ mimeType: 'application/x-msdownload' }));

console.log(JSON.stringify(results));
