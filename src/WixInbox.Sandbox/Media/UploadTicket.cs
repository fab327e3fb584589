namespace WixInbox.Sandbox;

/// <summary>What an upload URL was given out for.</summary>
internal sealed record UploadTicket(string FileId, string MimeType, string? FileName, bool IsChannels);
