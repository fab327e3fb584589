namespace WixInbox;

/// <summary>How far an upload is. It does not say of what.</summary>
/// <param name="Sent">How many bytes have left.</param>
/// <param name="Size">How many there are.</param>
public sealed record UploadProgress(long Sent, long Size);
