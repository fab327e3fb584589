namespace WixInbox.Build.Help;

/// <summary>Where to read on.</summary>
/// <param name="Text">The name.</param>
/// <param name="Address">The address of a page elsewhere; null for one that Get-Help knows by its name.</param>
internal sealed record RelatedLink(string Text, string? Address);
