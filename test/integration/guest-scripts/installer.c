/* An installer: writes its arguments to C:\installed.txt, a line each, and ends with the code of the last one. */
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **words)
{
	FILE *file = fopen("C:\\installed.txt", "w");
	for (int at = 1; at < count; at++)
		fprintf(file, "%s\n", words[at]);
	fclose(file);
	return count > 1 ? atoi(words[count - 1]) : 0;
}
