namespace WixInbox.Rows;

/// <summary>What a path names: a file that can be uploaded, or why there is none.</summary>
/// <param name="Path">The full path, or what was typed if it is none.</param>
/// <param name="File">The file.</param>
/// <param name="Rule">The id of the error.</param>
/// <param name="Problem">What is wrong.</param>
internal sealed record FileCheck(string Path, LocalFile? File, string? Rule, string? Problem);
