global using WixInbox.PowerShell.Tests.Support;
global using Xunit;
