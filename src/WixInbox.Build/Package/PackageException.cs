namespace WixInbox.Build.Package;

/// <summary>Why there is no package.</summary>
internal sealed class PackageException(string message) : Exception(message);
