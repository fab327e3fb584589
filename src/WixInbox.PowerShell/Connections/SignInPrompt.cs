using System.Collections.ObjectModel;
using System.Management.Automation.Host;
using System.Security;
using WixInbox.Pipeline;

namespace WixInbox.Connections;

/// <summary>Asks whoever sits at a prompt for what a sign-in with an API key lacks.</summary>
internal static class SignInPrompt
{
    private const string KeyLabel = "API key";
    private const string SiteLabel = "Site id";

    /// <summary>Asks, as PowerShell asks for a mandatory parameter. What is typed as the key is not shown.</summary>
    /// <param name="host">The host.</param>
    /// <param name="lacksKey">Whether to ask for the key.</param>
    /// <param name="lacksSite">Whether to ask for the site.</param>
    /// <returns>
    /// What was typed; null for each that was not asked for, or left empty, and where nobody can be asked.
    /// </returns>
    public static (SecureString? Key, string? SiteId) Ask(PSHost host, bool lacksKey, bool lacksSite)
    {
        if ((!lacksKey && !lacksSite) || HostLine.IsInputRedirected(host))
        {
            return default;
        }

        var fields = new Collection<FieldDescription>();
        if (lacksKey)
        {
            fields.Add(Field(KeyLabel, typeof(SecureString)));
        }

        if (lacksSite)
        {
            fields.Add(Field(SiteLabel, typeof(string)));
        }

        try
        {
            var typed = host.UI.Prompt(
                "Connect to a Wix site",
                "Make an API key at https://manage.wix.com/account/api-keys. "
                + "The site id is the part after /dashboard/ in the address of the site's dashboard.",
                fields);
            var key = Get(KeyLabel) as SecureString;
            var site = Get(SiteLabel) as string;
            return (key is { Length: > 0 } ? key : null, string.IsNullOrWhiteSpace(site) ? null : site);

            object? Get(string label) =>
                typed is not null && typed.TryGetValue(label, out var value) ? value?.BaseObject : null;
        }
        catch (Exception exception)
            when (exception is HostException or InvalidOperationException or NotImplementedException)
        {
            // A host with nobody at it, such as that of pwsh -NonInteractive or of a job, refuses to ask.
            return default;
        }
    }

    private static FieldDescription Field(string label, Type type)
    {
        var field = new FieldDescription(label) { Label = label };
        field.SetParameterType(type);
        return field;
    }
}
