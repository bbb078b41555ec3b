COPY Person FROM (LOAD FROM $rows RETURN id, name, degree)
