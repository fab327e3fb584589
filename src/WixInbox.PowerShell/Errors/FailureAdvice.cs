using System.Management.Automation;

namespace WixInbox.Errors;

/// <summary>What an error record says of a failure that is not its own.</summary>
/// <param name="Id">The error id.</param>
/// <param name="Category">The category.</param>
/// <param name="Text">What can be done about it; empty where there is nothing to say.</param>
internal readonly record struct FailureAdvice(string Id, ErrorCategory Category, string Text);
