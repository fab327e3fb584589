#pragma warning disable
using WixInbox.Journal;
namespace WixInbox;
/// <summary>STUB.</summary>
public sealed class JournalException : Exception;
public enum JournalState { Sending, Sent, Failed, NotSent, Unknown }
public sealed class JournalRow { public string Key => ""; public int? Number => null; public JournalState? Earlier => null; }
internal sealed record UnsettledRow(string Key, string ConversationId, Hash128 Fingerprint, DateTimeOffset Started, int? Number);
public sealed class SendJournal : IDisposable {
 internal IReadOnlyList<UnsettledRow> Unsettled => [];
 internal IReadOnlyCollection<string> SentIds(string c) => [];
 internal void Settle(UnsettledRow r, Message? found) {}
 internal string? FindConversation(Recipient r) => null;
 internal void NoteConversation(Recipient r, string c) {}
 internal Task NoteIntentAsync(JournalRow row, string c, CancellationToken ct) => Task.CompletedTask;
 internal void NoteSent(JournalRow row, Message m, int attempts, bool reconciled) {}
 internal void NoteFailed(JournalRow row, string? code, int? status, string? requestId, int attempts) {}
 internal void NoteNotSent(JournalRow row, string? code, int? status, string? requestId, int attempts) {}
 internal void NoteUnknown(JournalRow row, string? code, int? status, string? requestId, int attempts) {}
 public void Dispose() {}
}
