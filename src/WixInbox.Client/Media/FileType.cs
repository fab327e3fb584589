namespace WixInbox.Media;

/// <summary>A kind of file.</summary>
/// <param name="MimeType">Its media type.</param>
/// <param name="Name">What a person calls it.</param>
/// <param name="Endings">The endings of its files' names; the usual one first.</param>
internal sealed record FileType(string MimeType, string Name, params string[] Endings);
